"""Where somebody is signed in. None of these commit."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import LoginSession


def sessions_of(user_id: int, session_hours: int) -> Sequence[LoginSession]:
    """Those that still let the person in, the one used last first."""
    return db.session.scalars(
        select(LoginSession)
        .where(
            LoginSession.user_id == user_id,
            LoginSession.is_whole,
            LoginSession.created_at > now() - timedelta(hours=session_hours),
        )
        .order_by(LoginSession.seen_at.desc(), LoginSession.id_hash)
    ).all()


def end_one(user_id: int, public_id: str) -> bool:
    """Whether there was such a session of this person."""
    ended = db.session.execute(
        delete(LoginSession).where(LoginSession.user_id == user_id, LoginSession.public_id == public_id)
    )
    return bool(ended.rowcount)  # type: ignore[attr-defined]


def end_others(user_id: int, id_hash: str) -> None:
    """Every session of this person but one, those that wait for a second step too."""
    db.session.execute(
        delete(LoginSession).where(LoginSession.user_id == user_id, LoginSession.id_hash != id_hash)
    )
