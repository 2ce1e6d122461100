"""Who holds a thing of the queue: for fifteen minutes, one person, by one conditional statement. None commit."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.orm import aliased

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.moderation.contract import Item
from campaigns.domain.moderation.models import Decision
from campaigns.domain.moderation.queue_models import QueueEntry

HELD_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class Hold:
    """Who holds a thing, and until when."""

    user: User
    until: datetime


def free_for(user_id: int) -> ColumnElement[bool]:
    """Nobody else holds it at present."""
    return or_(
        QueueEntry.claimed_by_id.is_(None),
        QueueEntry.claimed_by_id == user_id,
        QueueEntry.claimed_until <= now(),
    )


def claim(kind: str, public_id: str, user: User) -> bool:
    """Holds this thing, or goes on holding it. False when somebody else does, or when it waits no more."""
    this = (QueueEntry.kind == kind, QueueEntry.public_id == public_id, free_for(user.id))
    return _claim(user, *this) is not None


def claim_first(user: User, *wanted: ColumnElement[bool]) -> tuple[str, str] | None:
    """Holds what is due first among the things that nobody holds and this person has not decided yet: its kind and
    public id. None when there is none.

    Many may ask at once: each gets another thing (PostgreSQL passes over rows that others are about to take).
    """
    nobodys = or_(QueueEntry.claimed_by_id.is_(None), QueueEntry.claimed_until <= now())
    others = or_(QueueEntry.author_id.is_(None), QueueEntry.author_id != user.id)
    said = aliased(Decision)
    taken_back = exists().where(said.undoes_id == Decision.id, said.actor_id == user.id)
    done = exists().where(
        Decision.subject_kind == QueueEntry.kind,
        Decision.subject_id == QueueEntry.subject_id,
        Decision.actor_id == user.id,
        Decision.decided_at >= QueueEntry.waiting_since,
        Decision.undoes_id.is_(None),
        ~taken_back,
    )
    first = (
        select(QueueEntry.id)
        .where(nobodys, others, ~done, *wanted)
        .order_by(QueueEntry.due_at, QueueEntry.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return _claim(user, QueueEntry.id == first.scalar_subquery(), nobodys)


def let_go(kind: str, public_id: str, user: User) -> None:
    """Others may take it now."""
    mine = (QueueEntry.kind == kind, QueueEntry.public_id == public_id, QueueEntry.claimed_by_id == user.id)
    _write(update(QueueEntry).where(*mine).values(claimed_by_id=None, claimed_until=None))


def free(item: Item) -> None:
    """Whoever holds it: it has been decided, or the first of two has."""
    this = (QueueEntry.kind == item.kind, QueueEntry.subject_id == item.thing.id)
    _write(update(QueueEntry).where(*this).values(claimed_by_id=None, claimed_until=None))


def held(item: Item) -> Hold | None:
    """Who holds this thing at present."""
    row = db.session.execute(
        select(User, QueueEntry.claimed_until)
        .join(QueueEntry, QueueEntry.claimed_by_id == User.id)
        .where(
            QueueEntry.kind == item.kind,
            QueueEntry.subject_id == item.thing.id,
            QueueEntry.claimed_until > now(),
        )
    ).first()
    return Hold(row[0], row[1]) if row is not None and row[1] else None


def _claim(user: User, *conditions: ColumnElement[bool]) -> tuple[str, str] | None:
    hold = {"claimed_by_id": user.id, "claimed_until": now() + HELD_FOR}
    row = _write(
        update(QueueEntry).where(*conditions).values(**hold).returning(QueueEntry.kind, QueueEntry.public_id)
    ).first()
    return (row[0], row[1]) if row else None


def _write(statement: Any) -> Any:
    return db.session.execute(statement.execution_options(synchronize_session=False))
