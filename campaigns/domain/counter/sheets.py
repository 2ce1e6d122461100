"""The end of an office's day: counted by one person, confirmed by another. None of these commit.

A sheet covers every transaction since the one before it, so what it says is what the book says. What was counted
differently goes to the account for that once the second person has agreed.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.models import User
from campaigns.domain.counter.book import ByReader, Moves, Span, drawer, newest_txn, readers
from campaigns.domain.counter.errors import Refused
from campaigns.domain.counter.models import Office, Receipt, Sheet, SheetState
from campaigns.domain.counter.offices import hold, present_day
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind


@dataclass(frozen=True)
class Numbers:
    """The receipts of one year on a sheet. Without a gap there are as many as the range has numbers."""

    year: int
    first: int
    last: int
    written: int
    voided: int

    @property
    def gapless(self) -> bool:
        return self.written == self.last - self.first + 1


@dataclass(frozen=True)
class Figures:
    """What the book says between two sheets."""

    first_day: date
    last_day: date
    opening_rials: int
    moves: Moves
    readers: list[ByReader]
    numbers: list[Numbers]

    @property
    def expected_rials(self) -> int:
        return self.opening_rials + self.moves.rials

    @property
    def card_rials(self) -> int:
        return sum(one.rials for one in self.readers)


def newest(office: Office) -> Sheet | None:
    query = select(Sheet).where(Sheet.office_id == office.id).order_by(Sheet.id.desc()).limit(1)
    return db.session.scalar(query)


def open_figures(office: Office) -> Figures:
    """What is not on a sheet yet."""
    before = newest(office)
    return _figures(office, Span(before.upto_txn_id if before else 0), before, None, present_day(office))


def figures_of(sheet: Sheet) -> Figures:
    """What a sheet covers, by the book as it stands."""
    query = select(Sheet).where(Sheet.office_id == sheet.office_id, Sheet.id < sheet.id)
    before = db.session.scalar(query.order_by(Sheet.id.desc()).limit(1))
    span = Span(before.upto_txn_id if before else 0, sheet.upto_txn_id)
    return _figures(sheet.office, span, before, sheet, sheet.last_day)


def count(office: Office, counted_rials: int, reason: str, clerk: User) -> Sheet:
    """Ends the day: gifts are the next day's from now on.

    Raises `Refused`: `early`: the sheet of today is there already, `returned`: the one before it is to be
    counted once more, `reason`: a difference that nobody explains.
    """
    hold(office)
    day = present_day(office)
    if day > tehran_day(now()):
        raise Refused("early")
    before = newest(office)
    if before is not None and before.state == SheetState.RETURNED:
        raise Refused("returned")
    figures = open_figures(office)
    _explained(counted_rials - figures.expected_rials, reason)
    sheet = Sheet(
        office_id=office.id,
        first_day=figures.first_day,
        last_day=day,
        upto_txn_id=newest_txn(),
        opening_rials=figures.opening_rials,
        expected_rials=figures.expected_rials,
        counted_rials=counted_rials,
        reason=reason,
        counted_by_id=clerk.id,
    )
    db.session.add(sheet)
    db.session.flush()
    db.session.execute(
        update(Receipt)
        .where(Receipt.office_id == office.id, Receipt.sheet_id.is_(None))
        .values(sheet_id=sheet.id)
        .execution_options(synchronize_session="fetch")
    )
    return sheet


def count_again(sheet: Sheet, counted_rials: int, reason: str, clerk: User) -> None:
    """A sheet that was sent back. Raises `Refused`: `moved`: it does not wait for that, `reason`."""
    hold(sheet.office)
    _explained(counted_rials - sheet.expected_rials, reason)
    facts = {"counted_rials": counted_rials, "reason": reason, "counted_by_id": clerk.id, "counted_at": now()}
    _move(sheet, SheetState.RETURNED, SheetState.COUNTED, decided_by_id=None, decided_at=None, **facts)


def send_back(sheet: Sheet, actor: User, note: str) -> None:
    """To be counted once more. Raises `Refused`: `own`, `moved`, `later`: the next day was counted after it."""
    hold(sheet.office)
    _another(sheet, actor)
    if sheet.id != db.session.scalar(select(func.max(Sheet.id)).where(Sheet.office_id == sheet.office_id)):
        raise Refused("later")
    _decide(sheet, SheetState.RETURNED, actor, note=note)


def confirm(sheet: Sheet, actor: User) -> None:
    """The second person has seen the money and the sheet. Raises `Refused`: `own`, `moved`."""
    hold(sheet.office)
    _another(sheet, actor)
    _decide(sheet, SheetState.CONFIRMED, actor)
    difference = sheet.difference_rials
    if not difference:
        return
    cash, over_short = accounts.cash(sheet.office.code), accounts.over_short(sheet.office.code)
    missing = Leg(over_short, cash, -difference) if difference < 0 else Leg(cash, over_short, difference)
    post(
        f"cnt:{sheet.public_id}",
        Kind.CASH_COUNT,
        [missing],
        occurred_at=now(),
        reference=("sheet", sheet.id),
        actor_id=actor.id,
    )


def _figures(office: Office, span: Span, before: Sheet | None, sheet: Sheet | None, last: date) -> Figures:
    mine = (Receipt.office_id == office.id, Receipt.sheet_id == (sheet.id if sheet else None))
    first = db.session.scalar(select(func.min(Receipt.day)).where(*mine))
    query = (
        select(
            Receipt.year,
            func.min(Receipt.number),
            func.max(Receipt.number),
            func.count(),
            func.count(Receipt.voided_at),
        )
        .where(*mine)
        .group_by(Receipt.year)
        .order_by(Receipt.year)
    )
    return Figures(
        first_day=min(first or last, last),
        last_day=last,
        opening_rials=before.counted_rials if before else 0,
        moves=drawer(office, span),
        readers=readers(office, span),
        numbers=[Numbers(*row) for row in db.session.execute(query)],
    )


def _explained(difference: int, reason: str) -> None:
    if difference and not reason.strip():
        raise Refused("reason")


def _another(sheet: Sheet, actor: User) -> None:
    db.session.refresh(sheet)
    if sheet.counted_by_id == actor.id:
        raise Refused("own")


def _decide(sheet: Sheet, after: SheetState, actor: User, **more: Any) -> None:
    _move(sheet, SheetState.COUNTED, after, decided_by_id=actor.id, decided_at=now(), **more)


def _move(sheet: Sheet, before: SheetState, after: SheetState, **values: Any) -> None:
    """Once, whoever else tries."""
    done = db.session.execute(
        update(Sheet)
        .where(Sheet.id == sheet.id, Sheet.state == before.value)
        .values(state=after.value, **values)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("moved")
    db.session.refresh(sheet)
