"""Reads of the outbox."""

from collections.abc import Sequence

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.notices.models import Letter

MOST_TRIES = 8


def outbox(limit: int = 50) -> Sequence[Letter]:
    """The newest letters, sent or not."""
    return db.session.scalars(select(Letter).order_by(Letter.id.desc()).limit(limit)).all()


def given_up() -> Sequence[Letter]:
    """Letters that were tried as often as is decent and never handed over: somebody has to look."""
    return db.session.scalars(
        select(Letter).where(Letter.sent_at.is_(None), Letter.tries >= MOST_TRIES)
    ).all()
