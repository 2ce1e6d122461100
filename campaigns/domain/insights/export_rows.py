"""Rows for files of finance, read a few hundred at a time, each batch in a short transaction that only reads.

However many rows there are, one batch is in memory and no donor waits. Nothing here decides what a reader may see of a
row but the scope: names and codes come along, and whoever writes the file leaves out what is not theirs.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Engine, Select, func, select
from sqlalchemy.orm import Session, aliased

from campaigns.base.engine import reading
from campaigns.base.jalali import day_start
from campaigns.domain.accounts.access import Scope
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign, CampaignText
from campaigns.domain.campaigns.queries import in_scope
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger.models import LedgerAccount, LedgerPlace, LedgerTransfer, LedgerTxn
from campaigns.domain.payments.models import PaymentAttempt, ReviewItem
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.states import IN_BOOK
from campaigns.domain.settlements.models import Settlement

AT_ONCE = 500


@dataclass(frozen=True)
class Wanted:
    """Which rows: from `first` to `last`, both included (none: without a bound), within `scope`, of these terminals."""

    first: date | None
    last: date | None
    scope: Scope
    user_id: int
    terminals: Collection[str] = ()

    def campaigns(self) -> Select[int]:
        return in_scope(select(Campaign.id), self.scope, self.user_id)  # type: ignore[return-value]

    def between(self, query: Select[*tuple[Any, ...]], moment: Any) -> Select[*tuple[Any, ...]]:
        """Narrows a query to the days by a column of moments."""
        if self.first:
            query = query.where(moment >= day_start(self.first))
        return query.where(moment < day_start(self.last + timedelta(days=1))) if self.last else query


class Gift(NamedTuple):
    id: int
    public_id: str
    code: str
    received_at: datetime
    campaign_id: int
    campaign: str
    intent: str
    rials: int
    donor_name: str
    hide_name: bool
    dedication: str
    paid: Sequence[Any]
    went_back: int


class Batch(NamedTuple):
    """Rows that were read together. `last_id` is where the next batch begins."""

    rows: Sequence[Any]
    last_id: int


Reader = Callable[[Session, Wanted, int], Batch]


def every_row(engine: Engine, read: Reader, wanted: Wanted) -> Iterator[Any]:
    """All rows, in the order of their ids. What is added meanwhile comes along or not; nothing comes twice."""
    after = 0
    while True:
        with _reader(engine) as session:
            batch = read(session, wanted, after)
        yield from batch.rows
        if not batch.rows:
            return
        after = batch.last_id


def gifts(session: Session, wanted: Wanted, after: int) -> Batch:
    """Gifts that were received, with the payments behind them and what of them went back."""
    query: Any = select(Contribution, _title(Contribution.campaign_id)).where(
        Contribution.received_at.is_not(None), Contribution.campaign_id.in_(wanted.campaigns())
    )
    found = _batch(session, wanted.between(query, Contribution.received_at), Contribution.id, after)
    ids = [gift.id for gift, _title_fa in found]
    paid, back = _paid(session, ids), _went_back(session, ids)
    rows = [
        Gift(
            gift.id,
            gift.public_id,
            gift.code,
            gift.received_at,
            gift.campaign_id,
            title or "",
            gift.intent,
            gift.rials,
            gift.donor_name,
            gift.hide_name,
            gift.dedication,
            paid.get(gift.id, ()),
            back.get(gift.id, 0),
        )
        for gift, title in found
    ]
    return Batch(rows, ids[-1] if ids else after)


def transfers(session: Session, wanted: Wanted, after: int) -> Batch:
    """Every transfer of the book with its transaction: the debits and the credits of one line share its number."""
    debit, credit = aliased(LedgerAccount), aliased(LedgerAccount)
    query: Any = (
        select(
            LedgerTransfer.id,
            LedgerPlace.seq,
            LedgerTxn.occurred_at,
            LedgerTxn.kind,
            _title(LedgerTxn.campaign_id).label("campaign"),
            debit.code.label("debit"),
            credit.code.label("credit"),
            LedgerTransfer.rials,
            LedgerTxn.memo,
            LedgerTxn.public_id,
        )
        .join(LedgerTxn, LedgerTxn.id == LedgerTransfer.txn_id)
        .join(debit, debit.id == LedgerTransfer.debit_id)
        .join(credit, credit.id == LedgerTransfer.credit_id)
        .outerjoin(LedgerPlace, LedgerPlace.txn_id == LedgerTxn.id)
    )
    if not wanted.scope.everywhere:
        query = query.where(LedgerTxn.campaign_id.in_(wanted.campaigns()))
    return _plain(session, wanted.between(query, LedgerTxn.occurred_at), LedgerTransfer.id, after)


def refunds(session: Session, wanted: Wanted, after: int) -> Batch:
    asked, agreed = aliased(User), aliased(User)
    query: Any = (
        select(
            Refund.id,
            Refund.public_id,
            Refund.requested_at,
            Refund.state,
            Refund.rials,
            Refund.reason_code,
            Refund.gateway,
            Refund.provider_ref,
            Refund.ended_at,
            Contribution.code,
            Contribution.campaign_id,
            _title(Contribution.campaign_id).label("campaign"),
            asked.name.label("asked_by"),
            agreed.name.label("agreed_by"),
        )
        .join(PaymentAttempt, PaymentAttempt.id == Refund.attempt_id)
        .join(Contribution, Contribution.id == PaymentAttempt.contribution_id)
        .join(asked, asked.id == Refund.requested_by_id)
        .outerjoin(agreed, agreed.id == Refund.approved_by_id)
        .where(Contribution.campaign_id.in_(wanted.campaigns()))
    )
    return _plain(session, wanted.between(query, Refund.requested_at), Refund.id, after)


def settlements(session: Session, wanted: Wanted, after: int) -> Batch:
    one, other = aliased(User), aliased(User)
    query: Any = (
        select(*Settlement.__table__.c, one.name.label("entered_by"), other.name.label("decided_by"))
        .join(one, one.id == Settlement.entered_by_id)
        .outerjoin(other, other.id == Settlement.decided_by_id)
        .where(Settlement.terminal.in_(wanted.terminals))
    )
    if wanted.first:
        query = query.where(Settlement.day >= wanted.first)
    if wanted.last:
        query = query.where(Settlement.day <= wanted.last)
    return _plain(session, query, Settlement.id, after)


def items(session: Session, wanted: Wanted, after: int) -> Batch:
    """What a person must look at. What belongs to no payment of ours belongs to the whole country."""
    query: Any = (
        select(
            ReviewItem.id,
            ReviewItem.public_id,
            ReviewItem.opened_at,
            ReviewItem.closed_at,
            ReviewItem.kind,
            ReviewItem.state,
            ReviewItem.detail,
            PaymentAttempt.gateway,
            PaymentAttempt.rials,
            PaymentAttempt.captured_rials,
            Contribution.code,
            Contribution.campaign_id,
            _title(Contribution.campaign_id).label("campaign"),
        )
        .outerjoin(PaymentAttempt, PaymentAttempt.id == ReviewItem.attempt_id)
        .outerjoin(Contribution, Contribution.id == PaymentAttempt.contribution_id)
    )
    if not wanted.scope.everywhere:
        query = query.where(Contribution.campaign_id.in_(wanted.campaigns()))
    return _plain(session, wanted.between(query, ReviewItem.opened_at), ReviewItem.id, after)


def _title(campaign_id: Any) -> Any:
    text = CampaignText
    found = select(text.title).where(text.campaign_id == campaign_id, text.language == "fa")
    return found.scalar_subquery()


def _plain(session: Session, query: Any, key: Any, after: int) -> Batch:
    rows = _batch(session, query, key, after)
    return Batch(rows, rows[-1].id if rows else after)


def _batch(session: Session, query: Any, key: Any, after: int) -> Sequence[Any]:
    return session.execute(query.where(key > after).order_by(key).limit(AT_ONCE)).all()


def _paid(session: Session, gift_ids: Sequence[int]) -> dict[int, list[Any]]:
    query = select(
        PaymentAttempt.contribution_id,
        PaymentAttempt.gateway,
        PaymentAttempt.bank_ref,
        PaymentAttempt.receipt_ref,
        PaymentAttempt.captured_rials,
    ).where(PaymentAttempt.contribution_id.in_(gift_ids), PaymentAttempt.captured_rials > 0)
    found: dict[int, list[Any]] = {}
    for row in session.execute(query.order_by(PaymentAttempt.id)):
        found.setdefault(row.contribution_id, []).append(row)
    return found


def _went_back(session: Session, gift_ids: Sequence[int]) -> dict[int, int]:
    query = (
        select(PaymentAttempt.contribution_id, func.sum(Refund.rials))
        .join(PaymentAttempt, PaymentAttempt.id == Refund.attempt_id)
        .where(PaymentAttempt.contribution_id.in_(gift_ids), Refund.state.in_(IN_BOOK))
        .group_by(PaymentAttempt.contribution_id)
    )
    return {number: int(rials) for number, rials in session.execute(query)}


@contextmanager
def _reader(engine: Engine) -> Iterator[Session]:
    token = reading.set(True)
    try:
        with Session(engine) as session:
            yield session
    finally:
        reading.reset(token)
