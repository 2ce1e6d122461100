"""Letting factors go. Every change signs the person out everywhere; none of these commit."""

from sqlalchemy import delete, select

from campaigns.base.extensions import db
from campaigns.domain.accounts.actions import end_sessions
from campaigns.domain.accounts.history import note
from campaigns.domain.accounts.models import User
from campaigns.domain.factors.errors import LastFactor
from campaigns.domain.factors.models import AuthenticatorApp, KnownPlace, Passkey, RecoveryCode
from campaigns.domain.factors.queries import factors_of


def let_app_go(user: User, *, must_keep_one: bool) -> None:
    """Raises `LastFactor`."""
    _may_lose_one(user, must_keep_one)
    db.session.execute(delete(AuthenticatorApp).where(AuthenticatorApp.user_id == user.id))
    _gone(user, "no_app")


def let_passkey_go(user: User, passkey: Passkey, *, must_keep_one: bool) -> None:
    """Raises `LastFactor`."""
    _may_lose_one(user, must_keep_one)
    db.session.delete(passkey)
    _gone(user, "no_key")


def reset(user: User, by: User | None = None) -> None:
    """Nothing is left: no app, no passkey, no recovery code, no session. For somebody who lost them all.

    `by` none: an operator at the console.
    """
    for table in (AuthenticatorApp, Passkey, RecoveryCode, KnownPlace):
        db.session.execute(delete(table).where(table.user_id == user.id))
    end_sessions(user.id)
    note(user, "reset_2", by)


def _may_lose_one(user: User, must_keep_one: bool) -> None:
    """Two who let the last two go at once wait for each other here (PostgreSQL)."""
    db.session.scalars(select(User).where(User.id == user.id).with_for_update()).all()
    if must_keep_one and factors_of(user.id).count < 2:
        raise LastFactor


def _gone(user: User, verb: str) -> None:
    db.session.flush()
    if not factors_of(user.id).count:
        db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    end_sessions(user.id)
    note(user, verb, user)
