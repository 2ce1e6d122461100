"""What terminals hold for us, day by day, and how old it is. Reads only.

Every movement of a clearing account belongs to one Tehran day: what came, what the gateway kept of it and what went
back to donors to the day it happened, what was settled to the day it was paid for. So the days of a terminal always
add up to the balance of its account, and what does not fit stays visible on its day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import day_start, tehran_day
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.flows import LedgerFlow
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.models import LedgerAccount, LedgerTransfer, LedgerTxn
from campaigns.domain.settlements.models import SettlementPart

PREFIX = accounts.clearing("")
CAME = (Kind.CAPTURE.value, Kind.UNALLOCATED.value)
AGES = ((0, 1), (2, 3), (4, 7), (8, None))
"""The ages that are told apart, in days, both included."""


@dataclass
class Day:
    """One day of a terminal, in rials. `other` is what corrections and reversals brought, below zero if they took."""

    day: date
    came: int = 0
    fees: int = 0
    went_back: int = 0
    other: int = 0
    settled: int = 0

    @property
    def due(self) -> int:
        """What the gateway owes us for this day, settled or not."""
        return self.came - self.fees - self.went_back + self.other

    @property
    def left(self) -> int:
        return self.due - self.settled


@dataclass
class Holding:
    """What one terminal holds. `days` oldest first, all there ever were."""

    terminal: str
    days: list[Day] = field(default_factory=list)

    @property
    def balance(self) -> int:
        return sum(day.left for day in self.days)

    @property
    def oldest(self) -> date | None:
        """The oldest day that is not settled to the rial."""
        return next((day.day for day in self.days if day.left), None)

    def ages(self) -> list[int]:
        """What is left, by how old it is: one sum for each of `AGES`. Together they are the balance."""
        today = tehran_day(now())
        sums = [0] * len(AGES)
        for day in self.days:
            sums[_age_class((today - day.day).days)] += day.left
        return sums

    def between(self, first: date, last: date) -> list[Day]:
        return [day for day in self.days if first <= day.day <= last]


@dataclass(frozen=True)
class OpenCapture:
    """A payment that the gateway has not settled, or only in part. `left` is what of it is open, after its fee."""

    txn_id: int
    occurred_at: datetime
    kind: str
    reference_id: int | None
    rials: int
    left: int


def terminals() -> list[str]:
    """Every terminal the book knows, the gateway's own before those of organizations."""
    codes = db.session.scalars(select(LedgerAccount.code).where(LedgerAccount.code.startswith(PREFIX)))
    return sorted(code.removeprefix(PREFIX) for code in codes)


def holdings(wanted: Iterable[str] | None = None) -> list[Holding]:
    """What these terminals hold, or all: by the placed part of the book."""
    names = sorted(wanted) if wanted is not None else terminals()
    found: dict[str, dict[date, Day]] = {name: {} for name in names}
    _add_flows(found)
    parts = select(SettlementPart.terminal, SettlementPart.day, func.sum(SettlementPart.rials))
    parts = parts.where(SettlementPart.terminal.in_(names))
    for terminal, day, rials in db.session.execute(
        parts.group_by(SettlementPart.terminal, SettlementPart.day)
    ):
        found[terminal].setdefault(day, Day(day)).settled += int(rials)
    return [Holding(name, [days[day] for day in sorted(days)]) for name, days in found.items()]


def holding(terminal: str) -> Holding:
    return holdings([terminal])[0]


def open_captures(of: Holding, limit: int = 20) -> list[OpenCapture]:
    """The oldest payments of a terminal that are not settled. Inside a day, the first to come are settled first."""
    found: list[OpenCapture] = []
    for day in of.days:
        if day.left > 0 and day.came and len(found) < limit:
            found += _open_of(of.terminal, day, limit - len(found))
    return found


def _add_flows(found: Mapping[str, dict[date, Day]]) -> None:
    """What grew and what shrank the accounts, summed by the database: few rows, however many campaigns there are."""
    account, fee = aliased(LedgerAccount), aliased(LedgerAccount)
    ours = account.code.in_([PREFIX + name for name in found]), LedgerFlow.kind != Kind.SETTLEMENT.value
    keys = account.code, LedgerFlow.day, LedgerFlow.kind
    rials = func.sum(LedgerFlow.rials)
    grew = select(*keys, rials).join(account, account.id == LedgerFlow.debit_id).where(*ours).group_by(*keys)
    for code, day, kind, much in db.session.execute(grew):
        one = found[code.removeprefix(PREFIX)].setdefault(day, Day(day))
        one.came += int(much) if kind in CAME else 0
        one.other += 0 if kind in CAME else int(much)
    is_fee = fee.code.startswith(accounts.fee("")).label("is_fee")
    shrank: Any = (
        select(*keys, is_fee, rials)
        .join(account, account.id == LedgerFlow.credit_id)
        .join(fee, fee.id == LedgerFlow.debit_id)
        .where(*ours)
        .group_by(*keys, is_fee)
    )
    for code, day, kind, kept, much in db.session.execute(shrank):
        _take(found[code.removeprefix(PREFIX)].setdefault(day, Day(day)), kind, int(much), kept=bool(kept))


def _take(day: Day, kind: str, rials: int, *, kept: bool) -> None:
    if kind in CAME and kept:
        day.fees += rials
    elif kind == Kind.REFUND_PAID:
        day.went_back += rials
    else:
        day.other -= rials


def _open_of(terminal: str, day: Day, limit: int) -> list[OpenCapture]:
    """The payments of one day in order, without those that are settled: the database adds up and passes over them."""
    own = select(LedgerAccount.id).where(LedgerAccount.code == PREFIX + terminal).scalar_subquery()
    span: Any = select(func.min(LedgerFlow.first_txn), func.max(LedgerFlow.last_txn)).where(
        LedgerFlow.debit_id == own, LedgerFlow.day == day.day, LedgerFlow.kind.in_(CAME)
    )
    first, last = db.session.execute(span).one()
    fee = aliased(LedgerTransfer)
    net = LedgerTransfer.rials - func.coalesce(fee.rials, 0)
    columns = (
        LedgerTxn.id,
        LedgerTxn.occurred_at,
        LedgerTxn.kind,
        LedgerTxn.reference_id,
        LedgerTransfer.rials,
    )
    summed: Any = (
        select(*columns, net.label("net"), func.sum(net).over(order_by=LedgerTxn.id).label("passed"))
        .join(LedgerTransfer, LedgerTransfer.txn_id == LedgerTxn.id)
        .outerjoin(fee, (fee.txn_id == LedgerTxn.id) & (fee.credit_id == own))
        .where(LedgerTxn.id.between(first, last), LedgerTxn.kind.in_(CAME), LedgerTransfer.debit_id == own)
        .where(LedgerTxn.occurred_at >= day_start(day.day))
        .where(LedgerTxn.occurred_at < day_start(day.day + timedelta(days=1)))
        .subquery()
    )
    over = day.came - day.fees - day.left
    query = select(summed).where(summed.c.passed > over).order_by(summed.c.id).limit(limit)
    return [
        OpenCapture(
            row.id,
            row.occurred_at,
            row.kind,
            row.reference_id,
            row.rials,
            min(row.net, int(row.passed) - over),
        )
        for row in db.session.execute(query)
    ]


def _age_class(days: int) -> int:
    return next(place for place, (_least, most) in enumerate(AGES) if most is None or days <= most)


def parts_of(rials: int, days: Sequence[Day], last_day: date) -> dict[date, int]:
    """Which day gets what of a settlement of `rials`: days on which more went back than came first, then the oldest.

    What is more than all of them need stands on the last day, so that it is seen there.
    """
    found = {day.day: day.left for day in days if day.left < 0}
    left = rials - sum(found.values())
    for day in days:
        take = min(day.left, left)
        if take > 0:
            found[day.day] = take
            left -= take
    if left:
        found[last_day] = found.get(last_day, 0) + left
    return {day: part for day, part in sorted(found.items()) if part}
