"""What the worker sweeps out of this room."""

from datetime import timedelta

from sqlalchemy import delete, or_

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import LoginSession, ResetLink

LINKS_KEPT = timedelta(days=1)


def forget_sessions(session_hours: int) -> None:
    """Drops sessions older than a session lives. Does not commit."""
    youngest = now() - timedelta(hours=session_hours)
    db.session.execute(delete(LoginSession).where(LoginSession.created_at <= youngest))


def forget_reset_links() -> None:
    """Drops reset links a day after they were used or ran out. Does not commit."""
    before = now() - LINKS_KEPT
    db.session.execute(
        delete(ResetLink).where(or_(ResetLink.expires_at < before, ResetLink.used_at < before))
    )
