"""Reads of matching."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import or_, select

from campaigns.base.extensions import db
from campaigns.domain.campaigns.page import MatchOffer
from campaigns.domain.ledger.models import LedgerTransfer, LedgerTxn
from campaigns.domain.matching.models import MatchPool, State


class Match(NamedTuple):
    """Who doubled a gift, and by how much."""

    sponsor: str
    rials: int


def offers(campaign_id: int, today: date) -> list[MatchOffer]:
    """The pools that double gifts to this campaign today, in the order they are used."""
    query = select(MatchPool).where(
        MatchPool.state == State.OPEN.value,
        MatchPool.matched_rials < MatchPool.cap_rials,
        or_(MatchPool.campaign_id.is_(None), MatchPool.campaign_id == campaign_id),
        MatchPool.first_day <= today,
        MatchPool.last_day >= today,
    )
    pools = db.session.scalars(query.order_by(MatchPool.position, MatchPool.id))
    return [
        MatchOffer(pool.sponsor, pool.cap_rials, pool.cap_rials - pool.matched_rials, pool.last_day)
        for pool in pools
    ]


def match_of(attempt_public_id: str) -> Match | None:
    """How the gift of a paid attempt was doubled, if it was."""
    return match_of_entry(f"cap:{attempt_public_id}")


def match_of_entry(key: str) -> Match | None:
    """How the gift that this key brought into the book was doubled, if it was."""
    query = (
        select(MatchPool.sponsor, LedgerTransfer.rials)
        .join(LedgerTxn, LedgerTxn.reference_id == MatchPool.id)
        .join(LedgerTransfer, LedgerTransfer.txn_id == LedgerTxn.id)
        .where(LedgerTxn.idempotency_key == f"match:{key}")
    )
    row = db.session.execute(query).one_or_none()
    return Match(*row) if row else None


def by_public_id(public_id: str) -> MatchPool | None:
    return db.session.scalar(select(MatchPool).where(MatchPool.public_id == public_id))


def all_pools() -> list[MatchPool]:
    """Every pool, in the order they are used; those that nobody opened last."""
    query = select(MatchPool).order_by(MatchPool.position, MatchPool.id)
    return sorted(db.session.scalars(query), key=lambda pool: pool.state == State.REFUSED)
