"""Each day's money by the way it came and by what has become of it: settled, pending, given back.

A day of a terminal counts as settled once all of it is: until then its gifts are pending. What came to a bank account
or a cash box of ours is settled when it comes. What went back is taken from the day the gift was paid.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from campaigns.base.extensions import db
from campaigns.base.jalali import day_start, tehran_day
from campaigns.domain.accounts.access import Scope
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import in_scope
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.flows import LedgerFlow
from campaigns.domain.ledger.models import LedgerAccount, LedgerTxn
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.terminals import key
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.states import IN_BOOK
from campaigns.domain.settlements.clearing import CAME, PREFIX, holdings

SPONSORS, DECIDED = "pool", "unallocated"


@dataclass
class Bar:
    """One day of one channel, in rials."""

    day: date
    settled: int = 0
    pending: int = 0
    refunded: int = 0

    @property
    def whole(self) -> int:
        return self.settled + self.pending + self.refunded


@dataclass(frozen=True)
class Channel:
    """A way money comes: a gateway by its name, `bank`, `cash`, `pool` (sponsors), `unallocated` (decided by two
    people). `bars`: the days with money, the oldest first.
    """

    name: str
    bars: list[Bar]

    def total(self, state: str) -> int:
        return sum(getattr(bar, state) for bar in self.bars)


def channels(first: date, last: date, scope: Scope, user_id: int) -> list[Channel]:
    """What came from `first` to `last`, both included, to what lies within `scope`; the largest channel first."""
    campaigns = None if scope.everywhere else in_scope(select(Campaign.id), scope, user_id)
    gross = _gross(first, last, campaigns)
    back = _back(first, campaigns)
    open_days = {
        (one.terminal, day.day)
        for one in holdings({code.removeprefix(PREFIX) for _d, code in gross if code.startswith(PREFIX)})
        for day in one.days
        if day.left > 0
    }
    found: dict[str, dict[date, Bar]] = {}
    for (day, code), rials in sorted(gross.items()):
        if rials > 0:
            bar = found.setdefault(_channel(code), {}).setdefault(day, Bar(day))
            terminal = code.removeprefix(PREFIX)
            went = min(rials, back.get((day, terminal), 0))
            bar.refunded += went
            if (terminal, day) in open_days:
                bar.pending += rials - went
            else:
                bar.settled += rials - went
    made = [Channel(name, [days[day] for day in sorted(days)]) for name, days in found.items()]
    return sorted(made, key=lambda one: (-sum(bar.whole for bar in one.bars), one.name))


def together(parts: Iterable[Channel]) -> Channel:
    """All channels in one."""
    found: dict[date, Bar] = {}
    for bar in (bar for one in parts for bar in one.bars):
        whole = found.setdefault(bar.day, Bar(bar.day))
        whole.settled += bar.settled
        whole.pending += bar.pending
        whole.refunded += bar.refunded
    return Channel("", [found[day] for day in sorted(found)])


def _gross(first: date, last: date, campaigns: Select[Campaign] | None) -> dict[tuple[date, str], int]:
    """Rials by day and the account they came through, less what was reversed there."""
    source, target = aliased(LedgerAccount), aliased(LedgerAccount)
    sums: dict[tuple[date, str], int] = {}
    for sign, debit, credit in ((1, source, target), (-1, target, source)):
        query: Any = (
            select(LedgerFlow.day, source.code, func.sum(LedgerFlow.rials))
            .join(debit, debit.id == LedgerFlow.debit_id)
            .join(credit, credit.id == LedgerFlow.credit_id)
            .where(LedgerFlow.day.between(first, last), *_ways(source, target, campaigns))
            .group_by(LedgerFlow.day, source.code)
        )
        for day, code, rials in db.session.execute(query):
            sums[day, code] = sums.get((day, code), 0) + sign * int(rials)
    return sums


def _ways(source: Any, target: Any, campaigns: Select[Campaign] | None) -> tuple[ColumnElement[bool], ...]:
    """Between which accounts money comes in. For one part of the country a sponsor's money comes when it doubles a
    gift there, and money of nobody when it was given to a campaign there.
    """
    held = source.kind == "asset"
    if campaigns is None:
        received = or_(
            target.campaign_id.is_not(None),
            target.code == accounts.UNALLOCATED,
            target.code.startswith(accounts.pool("")),
        )
        return held, received
    given = or_(source.code.startswith(accounts.pool("")), source.code == accounts.UNALLOCATED)
    return or_(held, given), target.campaign_id.in_(campaigns)


def _back(first: date, campaigns: Select[Campaign] | None) -> dict[tuple[date, str], int]:
    """What went back to donors, or is on its way, by the day and the terminal of the payment."""
    paid = and_(
        LedgerTxn.reference_kind == "attempt",
        LedgerTxn.reference_id == Refund.attempt_id,
        LedgerTxn.kind.in_(CAME),
    )
    query = (
        select(LedgerTxn.occurred_at, PaymentAttempt.gateway, PaymentAttempt.account_id, Refund.rials)
        .join(PaymentAttempt, PaymentAttempt.id == Refund.attempt_id)
        .join(LedgerTxn, paid)
        .where(Refund.state.in_(IN_BOOK), Refund.requested_at >= day_start(first))
    )
    if campaigns is not None:
        query = query.where(Refund.campaign_id.in_(campaigns))
    sums: dict[tuple[date, str], int] = {}
    for occurred_at, gateway, account_id, rials in db.session.execute(query):
        place = tehran_day(occurred_at), key(gateway, account_id)
        sums[place] = sums.get(place, 0) + rials
    return sums


def _channel(code: str) -> str:
    """`asset:clearing:zarinpal:7` is ZarinPal, whoever's terminal it is."""
    _kind, name, *rest = code.split(":")
    return rest[0] if name == "clearing" else name
