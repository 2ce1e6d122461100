"""Attempts, receipts and the book must tell the same story (I2, I3, I9, I10, I11, I15)."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, func, not_, or_, select
from sqlalchemy.orm import aliased

from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.claims.models import TransferClaim
from campaigns.domain.claims.states import State as ClaimState
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.invariants.contract import Look, Span
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.breaches import Found
from campaigns.domain.ledger.flows import LedgerFlow
from campaigns.domain.ledger.kinds import GIFTS, Kind
from campaigns.domain.ledger.models import LedgerAccount, LedgerPlace, LedgerTransfer, LedgerTxn
from campaigns.domain.payments.models import PaymentAttempt, ReviewItem
from campaigns.domain.payments.states import State
from campaigns.domain.statements.models import StatementLine
from campaigns.domain.statements.outcomes import WAITING

TOOK = frozenset({State.PAID.value, "reversing", "reversed"})
"""States of an attempt whose money was captured for its gift."""
BOOKED = (*GIFTS, Kind.ALLOCATION.value)
"""With one of these a campaign has the money of an attempt: at once, or when two people gave it."""


def captures(_spans: Sequence[Span]) -> Iterator[Found]:
    """A paid attempt has its one capture or allocation; that one, its paid attempt."""
    theirs = and_(
        LedgerTxn.reference_kind == "attempt",
        LedgerTxn.reference_id == PaymentAttempt.id,
        LedgerTxn.kind.in_(BOOKED),
    )
    unbooked = select(PaymentAttempt.public_id).where(
        PaymentAttempt.state == State.PAID.value, ~exists().where(theirs)
    )
    for public_id in db.session.scalars(unbooked):
        yield Found("I2", f"attempt {public_id} is paid, and the book does not have it")
    twice = (
        select(LedgerTxn.reference_id)
        .where(LedgerTxn.reference_kind == "attempt", LedgerTxn.kind.in_(BOOKED))
        .group_by(LedgerTxn.reference_id)
        .having(func.count() > 1)
    )
    for attempt_id in db.session.scalars(twice):
        yield Found("I2", f"attempt number {attempt_id} is in the book more than once")
    unpaid = select(PaymentAttempt.public_id).join(LedgerTxn, theirs).where(PaymentAttempt.state.not_in(TOOK))
    for public_id in db.session.scalars(unpaid):
        yield Found("I9", f"attempt {public_id} is in the book and is not paid any more")


def transfers(_spans: Sequence[Span]) -> Iterator[Found]:
    """A credited claim has its one gift in the book that was not taken back, of just what came; that one, its claim."""
    later = aliased(LedgerTxn)
    theirs = and_(
        LedgerTxn.reference_kind == "claim",
        LedgerTxn.reference_id == TransferClaim.id,
        LedgerTxn.kind == Kind.CAPTURE.value,
        ~exists().where(later.reverses_id == LedgerTxn.id),
    )
    moved = and_(theirs, LedgerTransfer.txn_id == LedgerTxn.id)
    booked = select(func.coalesce(func.sum(LedgerTransfer.rials), 0)).where(moved).scalar_subquery()
    there = select(func.count(LedgerTxn.id)).where(theirs).scalar_subquery()
    query = select(TransferClaim.public_id, TransferClaim.state, TransferClaim.received_rials, there, booked)
    differs = or_(
        there != case((TransferClaim.state == ClaimState.CREDITED.value, 1), else_=0),
        booked != TransferClaim.received_rials,
    )
    for public_id, state, received, times, rials in db.session.execute(query.where(differs)):
        yield Found(
            "I2",
            f"transfer {public_id} is {state} with {received} rials, in the book {times} times with {rials}",
        )


def lines(_spans: Sequence[Span]) -> Iterator[Found]:
    """A line that is a gift and its claim name each other; other money that came, and was looked at, has an item."""
    apart = StatementLine.rials != TransferClaim.received_rials
    named = or_(TransferClaim.line_id.is_(None), TransferClaim.line_id != StatementLine.id, apart)
    valid = select(StatementLine.public_id).join(TransferClaim, TransferClaim.id == StatementLine.claim_id)
    for public_id in db.session.scalars(valid.where(named)):
        yield Found("I2", f"line {public_id} is a gift that does not know of it")
    dropped = select(StatementLine.public_id).where(
        StatementLine.outcome.in_(WAITING), StatementLine.item_id.is_(None)
    )
    for public_id in db.session.scalars(dropped):
        yield Found("I11", f"line {public_id} waits for a decision that nobody was asked for")


def refunds(_spans: Sequence[Span]) -> Iterator[Found]:
    fits = PaymentAttempt.refund_reserved_rials.between(0, PaymentAttempt.captured_rials)
    for public_id in db.session.scalars(select(PaymentAttempt.public_id).where(not_(fits))):
        yield Found("I3", f"more than attempt {public_id} took is to be given back")


def clearing(_spans: Sequence[Span]) -> Iterator[Found]:
    """What the gateways took by our attempts is what the book says they took."""
    by = (PaymentAttempt.gateway, PaymentAttempt.account_id)
    own = by[0] + ":" + cast(by[1], String)  # `terminals.key`
    taken = (
        select(
            case((by[1].is_(None), by[0]), else_=own).label("terminal"),
            func.sum(PaymentAttempt.captured_rials).label("rials"),
        )
        .group_by(*by)
        .subquery()
    )
    booked = (
        select(LedgerAccount.code, func.sum(LedgerTransfer.rials).label("rials"))
        .join(LedgerTransfer, LedgerTransfer.debit_id == LedgerAccount.id)
        .join(LedgerTxn, LedgerTxn.id == LedgerTransfer.txn_id)
        .where(LedgerTxn.kind.in_((Kind.CAPTURE.value, Kind.UNALLOCATED.value)))
        .where(LedgerTxn.reference_kind == "attempt", LedgerAccount.code.startswith(accounts.clearing("")))
        .group_by(LedgerAccount.code)
        .subquery()
    )
    there = func.coalesce(booked.c.rials, 0)
    query = (
        select(taken.c.terminal, there - taken.c.rials)
        .outerjoin(booked, booked.c.code == accounts.clearing("") + taken.c.terminal)
        .where(there != taken.c.rials)
    )
    for terminal, difference in db.session.execute(query):
        yield Found("I10", f"the book has {difference} rials more of {terminal} than the attempts took")


def flows(_spans: Sequence[Span]) -> Iterator[Found]:
    """The sums by day, by which gateways are settled, are those of the placed part of the book."""
    kept = select(LedgerFlow.debit_id, func.sum(LedgerFlow.rials).label("rials"))
    kept_by = kept.group_by(LedgerFlow.debit_id).subquery()
    placed = (
        select(LedgerTransfer.debit_id, func.sum(LedgerTransfer.rials).label("rials"))
        .join(LedgerPlace, LedgerPlace.txn_id == LedgerTransfer.txn_id)
        .group_by(LedgerTransfer.debit_id)
        .subquery()
    )
    summed, booked = func.coalesce(kept_by.c.rials, 0), func.coalesce(placed.c.rials, 0)
    query = (
        select(LedgerAccount.code, summed - booked)
        .outerjoin(kept_by, kept_by.c.debit_id == LedgerAccount.id)
        .outerjoin(placed, placed.c.debit_id == LedgerAccount.id)
        .where(summed != booked)
    )
    for code, difference in db.session.execute(query):
        yield Found("I10", f"the days of account {code} differ from the book by {difference} rials")


def unallocated(_spans: Sequence[Span]) -> Iterator[Found]:
    """Money that no campaign may have yet has somebody who looks at it."""
    item: Any = exists().where(ReviewItem.attempt_id == PaymentAttempt.id)
    dropped = select(PaymentAttempt.public_id).where(
        PaymentAttempt.state == State.REVIEW.value, PaymentAttempt.captured_rials > 0, ~item
    )
    for public_id in db.session.scalars(dropped):
        yield Found("I11", f"attempt {public_id} waits for a decision that nobody was asked for")
    held = _sum(LedgerTransfer.credit_id) - _sum(LedgerTransfer.debit_id)
    nobody = ~exists().where(ReviewItem.closed_at.is_(None))
    if db.session.scalar(select(and_(held > 0, nobody))):
        yield Found("I11", "money is unallocated, and no review item is open")


def environments(_spans: Sequence[Span]) -> Iterator[Found]:
    """Practice money and real money never meet in one book; sample campaigns may practise."""
    practised = _captured("sandbox").where(Campaign.is_sample.is_(False))
    if db.session.scalar(select(and_(practised.exists(), _captured("live").exists()))):
        yield Found("I15", "the book holds practice money of campaigns that are no samples beside real money")


def _captured(environment: str) -> Any:
    return (
        select(PaymentAttempt.id)
        .join(Contribution, Contribution.id == PaymentAttempt.contribution_id)
        .join(Campaign, Campaign.id == Contribution.campaign_id)
        .where(PaymentAttempt.environment == environment, PaymentAttempt.captured_rials > 0)
    )


def _sum(side: Any) -> ColumnElement[int]:
    own = select(LedgerAccount.id).where(LedgerAccount.code == accounts.UNALLOCATED).scalar_subquery()
    total = select(func.coalesce(func.sum(LedgerTransfer.rials), 0)).where(side == own)
    return total.scalar_subquery()


LOOKS = (
    Look(("I2", "I9"), captures),
    Look(("I2",), transfers),
    Look(("I2", "I11"), lines),
    Look(("I3",), refunds),
    Look(("I10",), clearing),
    Look(("I10",), flows),
    Look(("I11",), unallocated),
    Look(("I15",), environments),
)
