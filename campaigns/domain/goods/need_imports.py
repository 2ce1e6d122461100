"""Needs from a file, county by county: first a plan to look at, then all of it or nothing.

A line is known by its thing and its county, so the same file again changes nothing. What the file does not name
stays as it is: an organizer closes a need by hand, for something may have been promised for it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, Protocol

from flask_babel import gettext as _
from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.digits import grouped
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.base.search import fold
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.goods import need_columns as columns
from campaigns.domain.goods.need_columns import BadCell
from campaigns.domain.goods.need_data import LINE_TEXTS, Data, key_of, read_line
from campaigns.domain.goods.need_edits import row as edit_row
from campaigns.domain.goods.need_edits import save
from campaigns.domain.goods.need_models import About, EditState, NeedEdit, NeedLine, NeedState
from campaigns.domain.regions.models import County, Province
from campaigns.domain.regions.queries import counties

MOST_ROWS = 1_000


class Row(Protocol):
    """A row of a table as a spreadsheet counts it."""

    @property
    def number(self) -> int: ...
    @property
    def cells(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class RowError:
    """What is wrong with one cell. `column` is empty when it is the whole row."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True)
class Planned:
    """One line as it would be. `line`: the one that is there already."""

    row: int
    data: Data
    line: NeedLine | None
    changes: bool


@dataclass
class Plan:
    """What a file would do. Nothing is written until `carry_out`. `waits`: the same file waits for a moderator."""

    digest: str
    rows: list[Planned] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    waits: bool = False

    @property
    def new(self) -> list[Planned]:
        return [one for one in self.rows if one.line is None]

    @property
    def changed(self) -> list[Planned]:
        return [one for one in self.rows if one.line is not None and one.changes]

    @property
    def unchanged(self) -> int:
        return sum(not one.changes for one in self.rows)


def plan(campaign: Campaign, rows: Sequence[Row], whole: bytes, language: str) -> Plan:
    """Compares the rows of a file with the campaign's needs. The first row names the columns."""
    made = Plan(sha256(whole).hexdigest())
    made.waits = _waits(campaign.id, made.digest)
    where = columns.places(rows[0].cells) if rows else {}
    missing = [columns.head(name, language) for name in columns.NEEDED if name not in where]
    if missing:
        sentence = _("The first row names no column “%(name)s”. Begin with the template.", name=missing[0])
        made.errors.append(RowError(rows[0].number if rows else 1, missing[0], sentence))
        return made
    if len(rows) > MOST_ROWS + 1:
        made.errors.append(
            RowError(
                MOST_ROWS + 2,
                "",
                _("More rows than %(n)s; bring the rest in another file.", n=grouped(MOST_ROWS, language)),
            )
        )
        return made
    _Reader(campaign, where, language, made).read(rows[1:])
    return made


def carry_out(campaign: Campaign, made: Plan, author: User) -> NeedEdit | None:
    """Writes the plan into a draft, or lets it wait for a moderator as one thing. Does not commit.

    Raises as `need_edits.save`; `ValueError` for a plan with errors.
    """
    if made.errors:
        raise ValueError("a file with errors is not imported")
    rows = [edit_row(About.IMPORT, one.line, one.data) for one in (*made.new, *made.changed)]
    return save(campaign, About.IMPORT, rows, author, digest=made.digest) if rows and not made.waits else None


class _Reader:
    """Reads the rows of one file, remembering what stood above."""

    def __init__(self, campaign: Campaign, where: dict[str, int], language: str, made: Plan) -> None:
        self.where, self.language, self.made = where, language, made
        self.counties = _counties(campaign)
        shown = NeedLine.state != NeedState.HIDDEN.value
        lines = db.session.scalars(select(NeedLine).where(NeedLine.campaign_id == campaign.id, shown))
        self.kept = {line.key: line for line in lines}
        self.seen: dict[str, int] = {}

    def read(self, rows: Sequence[Row]) -> None:
        for one in rows:
            errors = len(self.made.errors)
            values = self._values(one)
            if len(self.made.errors) > errors:
                self._county(one.number, values)
            elif any(value for name, value in values.items() if name not in {"province", "county"}):
                self._place(one.number, values)

    def _values(self, row: Row) -> dict[str, Any]:
        """What the cells say, without those that are wrong."""
        values: dict[str, Any] = {}
        for name, place in self.where.items():
            cell = row.cells[place] if place < len(row.cells) else ""
            try:
                values[name] = columns.value(name, cell, self.language)
            except BadCell as wrong:
                self._wrong(row.number, name, str(wrong))
        return values

    def _place(self, number: int, values: dict[str, Any]) -> None:
        empty = [name for name in columns.NEEDED if not values[name]]
        for name in empty:
            self._wrong(number, name, _("This is empty; write it, or leave the whole row empty."))
        if not self._county(number, values) or empty:
            return
        key = key_of({"county": values["county"], "item": {"fa": values["item_fa"]}})
        if key in self.seen:
            above = grouped(self.seen[key], self.language)
            self._wrong(
                number,
                "item_fa",
                _("The same thing for the same county stands in row %(n)s already.", n=above),
            )
            return
        self.seen[key] = number
        self._plan(number, self.kept.get(key), values)

    def _plan(self, number: int, line: NeedLine | None, values: dict[str, Any]) -> None:
        before = read_line(line) if line is not None else None
        data = _merged(before, values)
        errors = len(self.made.errors)
        if line is not None and data["quantity"] < line.reserved + line.received:
            taken = grouped(line.reserved + line.received, self.language)
            self._wrong(
                number, "quantity", _("%(n)s are promised or there already: not fewer than these.", n=taken)
            )
        if data["takes_money"] and not data["unit_price_rials"]:
            self._wrong(number, "price", _("Write what one costs, or let money not buy it."))
        past = data["ends_on"] is not None and date.fromisoformat(data["ends_on"]) < tehran_day(now())
        if past and (before is None or before["ends_on"] != data["ends_on"]):
            self._wrong(number, "ends_on", _("This day has passed already."))
        if len(self.made.errors) == errors:
            self.made.rows.append(Planned(number, data, line, data != before))

    def _county(self, number: int, values: dict[str, Any]) -> bool:
        """Puts the county's id in the place of its name, none for none. False when there is no such one."""
        if not values.get("county"):
            values["county"] = None
            return True
        found = self.counties.get(fold(values["county"]), [])
        if values.get("province"):
            found = [county for county in found if fold(values["province"]) in _names_of(county.province)]
        if len(found) != 1:
            several = _("Several provinces have a county of this name: write the province as well.")
            none = _("The campaign helps in no county of this name.")
            self._wrong(number, "county", several if found else none)
            return False
        values["county"] = found[0].id
        return True

    def _wrong(self, number: int, name: str, sentence: str) -> None:
        self.made.errors.append(RowError(number, columns.head(name, self.language), sentence))


def _merged(before: Data | None, values: dict[str, Any]) -> Data:
    """The line as the file says it; what the file has no word for stays as it was."""
    old = before or {
        **{name: {"fa": "", "en": ""} for name in LINE_TEXTS},
        "unit_price_rials": 0,
        "takes_money": None,
        "ends_on": None,
    }
    texts = {
        name: {code: values.get(f"{name}_{code}") or old[name][code] for code in ("fa", "en")}
        for name in LINE_TEXTS
    }
    price = values.get("price") or old["unit_price_rials"]
    money = values.get("takes_money")
    money = old["takes_money"] if money is None else money
    return texts | {
        "quantity": values["quantity"],
        "unit_price_rials": price,
        "takes_money": price > 0 if money is None else money,
        "county": values["county"],
        "ends_on": values.get("ends_on") or old["ends_on"],
    }


def _counties(campaign: Campaign) -> dict[str, list[County]]:
    """Counties of the campaign's provinces by their folded names in both languages."""
    found: dict[str, list[County]] = defaultdict(list)
    for county in counties([province.code for province in campaign.provinces]):
        for name in {fold(county.name_fa), fold(county.name_en or county.name_fa)}:
            found[name].append(county)
    return found


def _names_of(province: Province) -> set[str]:
    return {fold(name) for name in (province.name_fa, province.name_en, province.code)}


def _waits(campaign_id: int, digest: str) -> bool:
    query = select(NeedEdit.id).where(
        NeedEdit.campaign_id == campaign_id,
        NeedEdit.digest == digest,
        NeedEdit.state == EditState.WAITING.value,
    )
    return db.session.scalar(query) is not None
