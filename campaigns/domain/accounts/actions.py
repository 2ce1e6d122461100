"""Writes about people and their passwords. None of these commit."""

import structlog
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import LoginSession, ResetLink, User

log = structlog.get_logger("accounts")


class AlreadyKnown(Exception):
    """Somebody has this e-mail address or mobile number."""


def create_person(
    name: str,
    *,
    email: str | None = None,
    mobile: str | None = None,
    password_hash: str | None = None,
    language: str = "fa",
) -> User:
    """A new account; `email` and `mobile` in the forms of `identity`, at least one. Raises `AlreadyKnown`.

    Without a password the person gets in through a reset link.
    """
    user = User(name=name, email=email, mobile=mobile, password_hash=password_hash, language=language)
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError:
        raise AlreadyKnown(email or mobile) from None
    log.info("person_created", person=user.public_id)
    return user


def set_password(user: User, password_hash: str) -> None:
    """A new password: every session and every reset link of the person ends."""
    user.password_hash = password_hash
    end_sessions(user.id)
    db.session.execute(delete(ResetLink).where(ResetLink.user_id == user.id, ResetLink.used_at.is_(None)))
    log.info("password_changed", person=user.public_id)


def refresh_hash(user: User, password_hash: str) -> None:
    """The same password, hashed with today's parameters: nothing ends."""
    user.password_hash = password_hash


def end_sessions(user_id: int) -> None:
    """Signs the person out everywhere."""
    db.session.execute(delete(LoginSession).where(LoginSession.user_id == user_id))


def set_enabled(user: User, enabled: bool) -> None:
    """Lets the person in again, or shuts them out at once, everywhere."""
    user.is_enabled = enabled
    if not enabled:
        end_sessions(user.id)
    log.info("person_enabled" if enabled else "person_disabled", person=user.public_id)


def change_details(user: User, name: str, language: str) -> None:
    user.name, user.language = name, language
