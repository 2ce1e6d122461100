"""Opening pools: proposed by one person, opened by another once the sponsor has paid in. None of these commit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import update

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.matching.models import MatchPool, State

STAMP = "matching"
"""Moves whenever what a pool has left may have changed."""


class SamePerson(Exception):
    """Who proposed a pool does not decide on it."""


class NoLonger(Exception):
    """Somebody has decided on it already."""


@dataclass(frozen=True)
class Offer:
    """What a sponsor offers. `cap_rials` above zero; days are Tehran's, both inclusive, in order."""

    sponsor: str
    campaign_id: int | None
    cap_rials: int
    position: int
    first_day: date
    last_day: date


def propose(offer: Offer, proposer: User) -> MatchPool:
    pool = MatchPool(**vars(offer), proposed_by_id=proposer.id)
    db.session.add(pool)
    db.session.flush()
    return pool


def open_pool(pool: MatchPool, approver: User, bank_account: str, bank_reference: str) -> None:
    """The sponsor's money stands on `bank_account`: gifts from now on are matched."""
    _decide(pool, approver, State.OPEN, bank_account=bank_account, bank_reference=bank_reference)
    post(
        f"pool:{pool.public_id}",
        Kind.POOL,
        [Leg(accounts.bank(bank_account), accounts.pool(pool.public_id), pool.cap_rials)],
        occurred_at=now(),
        reference=("match_pool", pool.id),
        actor_id=approver.id,
    )
    stamps.bump(STAMP)


def refuse(pool: MatchPool, approver: User) -> None:
    _decide(pool, approver, State.REFUSED)


def _decide(pool: MatchPool, approver: User, after: State, **values: Any) -> None:
    if approver.id == pool.proposed_by_id:
        raise SamePerson
    statement = (
        update(MatchPool)
        .where(MatchPool.id == pool.id, MatchPool.state == State.PROPOSED.value)
        .values(state=after.value, decided_by_id=approver.id, decided_at=now(), **values)
        .execution_options(synchronize_session=False)
    )
    if db.session.execute(statement).rowcount != 1:  # type: ignore[attr-defined]
        raise NoLonger
    db.session.refresh(pool)
