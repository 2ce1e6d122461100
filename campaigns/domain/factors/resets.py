"""Letting somebody begin anew who lost phone and paper: one administrator asks for it, another one agrees.

What was asked stands in the history of the account and counts for a day. None of these commit.
"""

from datetime import timedelta

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.history import note
from campaigns.domain.accounts.models import AccountChange, User
from campaigns.domain.factors.actions import reset
from campaigns.domain.factors.queries import has_any

HOURS = 24


class NotNow(Exception):
    """There is nothing to reset, nobody has asked, or it would be the same person twice."""


def asked(user: User) -> AccountChange | None:
    """Who asked for it, while that counts and nobody has agreed."""
    last = db.session.scalar(
        select(AccountChange)
        .where(AccountChange.user_id == user.id, AccountChange.verb.in_(("ask_2", "reset_2")))
        .order_by(AccountChange.id.desc())
        .limit(1)
    )
    is_open = last is not None and last.verb == "ask_2" and now() - last.changed_at < timedelta(hours=HOURS)
    return last if is_open else None


def ask(user: User, by: User) -> None:
    """Raises `NotNow`."""
    _hold(user)
    if user.id == by.id or not has_any(user.id) or asked(user) is not None:
        raise NotNow
    note(user, "ask_2", by)


def agree(user: User, by: User) -> None:
    """Raises `NotNow`, also for the one who asked."""
    _hold(user)
    first = asked(user)
    if first is None or by.id in (user.id, first.actor_id):
        raise NotNow
    reset(user, by)


def _hold(user: User) -> None:
    """Of two at once, one waits for the other (PostgreSQL)."""
    db.session.scalars(select(User).where(User.id == user.id).with_for_update()).all()
