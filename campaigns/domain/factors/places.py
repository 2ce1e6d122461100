"""Where people sign in from: a family of browser and a network, no more, and forgotten after half a year."""

from datetime import timedelta

from sqlalchemy import delete, exists, select

from campaigns.base.clock import now
from campaigns.base.conflicts import insert
from campaigns.base.extensions import db
from campaigns.domain.factors.models import KnownPlace

KEPT = timedelta(days=180)


def is_new_place(user_id: int, agent: str, network: str) -> bool:
    """Remembers the place. Whether it is one the person should hear of: not where they first signed in.

    Does not commit.
    """
    is_first = not db.session.scalar(select(exists().where(KnownPlace.user_id == user_id)))
    known = db.session.scalar(
        select(KnownPlace.id).where(
            KnownPlace.user_id == user_id, KnownPlace.agent == agent, KnownPlace.network == network
        )
    )
    row = insert(KnownPlace).values(user_id=user_id, agent=agent, network=network, seen_at=now())
    key = ["user_id", "agent", "network"]
    db.session.execute(row.on_conflict_do_update(index_elements=key, set_={"seen_at": row.excluded.seen_at}))
    return known is None and not is_first


def forget_places() -> None:
    """Drops places nobody has come from for half a year. Does not commit."""
    db.session.execute(delete(KnownPlace).where(KnownPlace.seen_at < now() - KEPT))
