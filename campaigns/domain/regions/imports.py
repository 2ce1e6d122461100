"""Completing the counties from an official list: rows of a CSV file, first a plan to look at, then written.

Columns: `province` (its code `IR-nn` or its Persian name), `fa`, and `en` if the list has it. Others are not
looked at. Counties that the list does not name stay: campaigns may stand on them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.base.search import fold
from campaigns.base.text import clean
from campaigns.domain.regions.actions import county_key
from campaigns.domain.regions.models import County
from campaigns.domain.regions.provinces import PROVINCES

NEEDED = ("province", "fa")
MAX_NAME = 80


@dataclass(frozen=True)
class RowError:
    """What is wrong with one line of the file; the header is line 1."""

    line: int
    sentence: str


@dataclass(frozen=True)
class NewCounty:
    province_code: str
    name_fa: str
    name_en: str | None


@dataclass(frozen=True)
class Change:
    """A county that is there already and will be spelt as the list spells it."""

    county: County
    name_fa: str
    name_en: str | None


@dataclass
class Plan:
    """What an import would do. Nothing is written until `carry_out`."""

    new: list[NewCounty] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)


def plan_import(rows: Iterable[Mapping[str | None, object]]) -> Plan:
    """Compares the rows (as `csv.DictReader` gives them) with the table."""
    plan = Plan()
    kept = {county_key(row.province_code, row.name_fa): row for row in db.session.scalars(select(County))}
    seen: dict[tuple[str, str], int] = {}
    for line, row in enumerate(rows, start=2):
        read = _read(row)
        if isinstance(read, str):
            plan.errors.append(RowError(line, read))
            continue
        key = county_key(read.province_code, read.name_fa)
        if key in seen:
            sentence = f"«{read.name_fa}» stands in line {seen[key]} already"
            plan.errors.append(RowError(line, sentence))
            continue
        seen[key] = line
        _place(plan, read, kept.get(key))
    return plan


def import_counties(rows: Iterable[Mapping[str | None, object]]) -> Plan:
    """Plans and, unless a row has an error, writes. Returns the plan; does not commit."""
    plan = plan_import(rows)
    if not plan.errors:
        carry_out(plan)
    return plan


def carry_out(plan: Plan) -> None:
    """Writes what the plan says. Does not commit."""
    for new in plan.new:
        db.session.add(County(province_code=new.province_code, name_fa=new.name_fa, name_en=new.name_en))
    for change in plan.changes:
        change.county.name_fa, change.county.name_en = change.name_fa, change.name_en
    db.session.flush()


def _read(row: Mapping[str | None, object]) -> NewCounty | str:
    """One row, or the sentence that says why it cannot be read."""
    missing = [name for name in NEEDED if name not in row]
    if missing:
        return f"the file has no column «{missing[0]}»"
    province, name_fa, name_en = (clean(str(row.get(name) or "")) for name in ("province", "fa", "en"))
    code = _CODES.get(fold(province).replace(" ", "")) if province else None
    if code is None:
        return f"«{province}» is no province: write its code (IR-08) or its Persian name"
    if not name_fa:
        return "the county has no Persian name"
    if max(len(name_fa), len(name_en)) > MAX_NAME:
        return f"the name is longer than {MAX_NAME} characters"
    return NewCounty(code, name_fa, name_en or None)


def _place(plan: Plan, read: NewCounty, kept: County | None) -> None:
    if kept is None:
        plan.new.append(read)
        return
    name_en = read.name_en or kept.name_en
    if (kept.name_fa, kept.name_en) == (read.name_fa, name_en):
        plan.unchanged += 1
    else:
        plan.changes.append(Change(kept, read.name_fa, name_en))


_CODES = {fold(facts.code).replace(" ", ""): facts.code for facts in PROVINCES} | {
    fold(facts.name_fa).replace(" ", ""): facts.code for facts in PROVINCES
}
