"""Writes about people and their passwords. None of these commit."""

import structlog
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from campaigns.base.extensions import db
from campaigns.domain.accounts.administrators import keep_one
from campaigns.domain.accounts.directory import search_key
from campaigns.domain.accounts.history import note
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
    by: User | None = None,
) -> User:
    """A new account; `email` and `mobile` in the forms of `identity`, at least one. Raises `AlreadyKnown`.

    Without a password the person gets in through a reset link. `by` none: an operator at the console.
    """
    user = User(
        name=name,
        email=email,
        mobile=mobile,
        password_hash=password_hash,
        language=language,
        search_key=search_key(name, email, mobile),
    )
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError:
        raise AlreadyKnown(email or mobile) from None
    note(user, "create", by)
    return user


def correct_person(
    user: User, name: str, *, email: str | None, mobile: str | None, language: str, by: User
) -> None:
    """Another name, address or number for somebody who has not come in yet; links to the old ones end.

    Raises `AlreadyKnown`.
    """
    try:
        with db.session.begin_nested():
            user.name, user.email, user.mobile, user.language = name, email, mobile, language
            user.search_key = search_key(name, email, mobile)
    except IntegrityError:
        raise AlreadyKnown(email or mobile) from None
    end_links(user.id)
    note(user, "correct", by)


def set_password(user: User, password_hash: str) -> None:
    """A new password: every session and every reset link of the person ends."""
    user.password_hash = password_hash
    end_sessions(user.id)
    end_links(user.id)
    log.info("password_changed", person=user.public_id)


def refresh_hash(user: User, password_hash: str) -> None:
    """The same password, hashed with today's parameters: nothing ends."""
    user.password_hash = password_hash


def end_sessions(user_id: int) -> None:
    """Signs the person out everywhere."""
    db.session.execute(delete(LoginSession).where(LoginSession.user_id == user_id))


def end_links(user_id: int) -> None:
    """No link to choose a password that the person has not used yet works any more."""
    db.session.execute(delete(ResetLink).where(ResetLink.user_id == user_id, ResetLink.used_at.is_(None)))


def set_enabled(user: User, enabled: bool, by: User | None = None) -> None:
    """Lets the person in again, or shuts them out at once, everywhere: no session and no link is left.

    `by` none: an operator at the console. Raises `LastAdministrator` rather than leave the country without one.
    """
    if user.is_enabled == enabled:
        return
    if not enabled:
        keep_one(user)
        end_sessions(user.id)
        end_links(user.id)
    user.is_enabled = enabled
    note(user, "enable" if enabled else "disable", by)


def change_details(user: User, name: str, language: str) -> None:
    user.name, user.language = name, language
    user.search_key = search_key(name, user.email, user.mobile)
