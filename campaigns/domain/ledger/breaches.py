"""Breaches of the invariants: kept, never forgotten by themselves, and while one is open no money leaves.

Whoever pays out or refunds asks `payouts_frozen` first. None of these commit.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import exists, insert, select, update

from campaigns.base import conflicts
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.ledger.breach_models import Breach, BreachClearance

PEOPLE = 2
LONGEST = 300  # the width of `detail`


class CannotClear(Exception):
    """It is cleared already, or the same person has already answered for it: it takes another one."""


class Found(NamedTuple):
    """What an invariant says is wrong: the name of the invariant, and where."""

    name: str
    detail: str


def payouts_frozen() -> bool:
    """Whether something about the money does not add up that two people have not yet answered for."""
    return bool(db.session.scalar(select(exists().where(Breach.clearances < PEOPLE))))


def keep(found: Iterable[Found], looked_for: Iterable[str]) -> list[Found]:
    """Writes down what a look at the invariants `looked_for` has found; returns what is new.

    What was found before and is found no more is marked as gone, and still needs two people.
    """
    now_standing = {Found(name, detail[:LONGEST]) for name, detail in found}
    known = {
        Found(row.name, row.detail): row
        for row in db.session.scalars(select(Breach).where(Breach.gone_at.is_(None)))
    }
    names = set(looked_for)
    for breach, row in known.items():
        if breach not in now_standing and breach.name in names:
            row.gone_at = now()
    new = sorted(now_standing - set(known))
    first = conflicts.insert(Breach).on_conflict_do_nothing()  # two workers who find the same write it once
    for breach in new:
        db.session.execute(first, breach._asdict())
    return new


def clear(breach: Breach, actor_id: int, reason: str) -> bool:
    """One person answers for a breach. True when that was the second one, so that money may leave again.

    Raises `CannotClear` for the same person twice, and for a breach that is cleared.
    """
    counted = (
        update(Breach)
        .where(Breach.id == breach.id, Breach.clearances < PEOPLE)
        .values(clearances=Breach.clearances + 1)
        .returning(Breach.clearances)
        .execution_options(synchronize_session=False)
    )
    people = db.session.execute(counted).scalar_one_or_none()  # also holds the row: two people count as two
    already = exists().where(BreachClearance.breach_id == breach.id, BreachClearance.user_id == actor_id)
    if people is None or db.session.scalar(select(already)):
        db.session.rollback()
        raise CannotClear(breach.public_id)
    row = {"breach_id": breach.id, "user_id": actor_id, "reason": reason}
    db.session.execute(insert(BreachClearance).values(row))
    return bool(people == PEOPLE)


def breaches(limit: int = 200) -> Sequence[Breach]:
    """Open ones first, then the newest."""
    order = (Breach.clearances >= PEOPLE, Breach.id.desc())
    return db.session.scalars(select(Breach).order_by(*order).limit(limit)).all()


def clearances(breach_ids: Sequence[int]) -> dict[int, list[BreachClearance]]:
    """Who has answered for these breaches, in order."""
    query = select(BreachClearance).where(BreachClearance.breach_id.in_(breach_ids))
    found: dict[int, list[BreachClearance]] = {}
    for row in db.session.scalars(query.order_by(BreachClearance.id)):
        found.setdefault(row.breach_id, []).append(row)
    return found


def by_public_id(public_id: str) -> Breach | None:
    return db.session.scalar(select(Breach).where(Breach.public_id == public_id))
