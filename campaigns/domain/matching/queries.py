"""Reads of matching."""

from typing import Any, NamedTuple

from sqlalchemy import Select, and_, or_, select

from campaigns.base.extensions import db
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.models import LedgerAccount, LedgerTransfer, LedgerTxn
from campaigns.domain.matching.models import MatchPool, PoolClosing, State

MATCH = "match"
"""What the book calls a doubled gift in references to it."""


class Match(NamedTuple):
    """Who doubled a gift, and by how much."""

    sponsor: str
    rials: int


def offers_query(campaign_id: Any, today: Any) -> Select[*tuple[Any, ...]]:
    """The pools that double gifts to this campaign today, with their place in the order and what a `MatchOffer` is
    made of. Both may be `bindparam`s.
    """
    left = MatchPool.cap_rials - MatchPool.matched_rials - MatchPool.out_rials
    query = select(
        MatchPool.position, MatchPool.id, MatchPool.sponsor, MatchPool.cap_rials, left, MatchPool.last_day
    )
    return query.where(
        MatchPool.state == State.OPEN.value,
        MatchPool.matched_rials + MatchPool.out_rials < MatchPool.cap_rials,
        or_(MatchPool.campaign_id.is_(None), MatchPool.campaign_id == campaign_id),
        MatchPool.first_day <= today,
        MatchPool.last_day >= today,
    )


def matches_of(key: str) -> list[Match]:
    """How a gift stands doubled: by each sponsor, in the order of their pools. `key`: what the book calls the gift."""
    first = db.session.scalar(select(LedgerTxn).where(LedgerTxn.idempotency_key == match_key(key)))
    if first is None:
        return []
    taken = taken_for(first)
    sponsors = dict(
        db.session.execute(
            select(MatchPool.public_id, MatchPool.sponsor).where(MatchPool.public_id.in_(taken))
        ).all()
    )
    return [Match(sponsors[name], rials) for name, rials in taken.items() if rials > 0]


def match_key(key: str) -> str:
    """What the book calls the doubling of a gift that it calls `key`."""
    return f"match:{key}"


def taken_for(first: LedgerTxn) -> dict[str, int]:
    """Rials that each pool (by its public id) has in a gift now, in the order they were taken.

    `first` is the transaction that doubled it; later ones about it name it.
    """
    about = [first.id, *db.session.scalars(_later_about(first))]
    pool = LedgerAccount.code.startswith(accounts.pool(""), autoescape=True)
    sides = ((LedgerTransfer.debit_id, 1), (LedgerTransfer.credit_id, -1))
    taken: dict[str, int] = {}
    for side, sign in sides:
        query = (
            select(LedgerAccount.code, LedgerTransfer.rials)
            .join(LedgerAccount, LedgerAccount.id == side)
            .where(LedgerTransfer.txn_id.in_(about), pool)
            .order_by(LedgerTransfer.txn_id, LedgerTransfer.leg)
        )
        for code, rials in db.session.execute(query):
            name = code.removeprefix(accounts.pool(""))
            taken[name] = taken.get(name, 0) + sign * rials
    return taken


def is_untouched(first: LedgerTxn) -> bool:
    """Whether nothing was taken back or added since the gift was doubled."""
    return db.session.scalar(_later_about(first).limit(1)) is None


def _later_about(first: LedgerTxn) -> Select[int]:
    named = and_(LedgerTxn.reference_kind == MATCH, LedgerTxn.reference_id == first.id)
    return select(LedgerTxn.id).where(or_(named, LedgerTxn.reverses_id == first.id))


def by_public_id(public_id: str) -> MatchPool | None:
    return db.session.scalar(select(MatchPool).where(MatchPool.public_id == public_id))


def all_pools() -> list[MatchPool]:
    """Every pool, in the order they are used; those that nobody opened last."""
    query = select(MatchPool).order_by(MatchPool.position, MatchPool.id)
    return sorted(db.session.scalars(query), key=lambda pool: pool.state == State.REFUSED)


def closing_by_public_id(public_id: str) -> PoolClosing | None:
    return db.session.scalar(select(PoolClosing).where(PoolClosing.public_id == public_id))


def closings_of(pool: MatchPool) -> list[PoolClosing]:
    """Everything that was decided about what the pool had left, the newest first."""
    query = select(PoolClosing).where(PoolClosing.pool_id == pool.id)
    return list(db.session.scalars(query.order_by(PoolClosing.id.desc())))
