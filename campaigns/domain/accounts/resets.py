"""Links that let their holder choose a password: single use, for a while, only the hash is kept."""

from datetime import timedelta

from sqlalchemy import select, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.tokens import hash_secret, new_secret
from campaigns.domain.accounts.actions import end_links, set_password
from campaigns.domain.accounts.history import note
from campaigns.domain.accounts.models import ResetLink, User

VALID_MINUTES = 30
INVITED_HOURS = 72
"""An invitation waits for somebody who does not expect it."""


class LinkSpent(Exception):
    """The link was used, is too old, or never was one. Nobody is told which."""


def new_link(user: User, valid: timedelta = timedelta(minutes=VALID_MINUTES)) -> str:
    """The secret (256 bits) of a fresh link; links made before for this person end. Does not commit."""
    secret = new_secret()
    end_links(user.id)
    db.session.add(
        ResetLink(
            secret_hash=hash_secret(secret),
            user_id=user.id,
            expires_at=now() + valid,
        )
    )
    return secret


def invitation(user: User, by: User) -> str:
    """The secret of a link that somebody else asks for: by letter, or to hand over where no letter reaches.

    It waits longer than one asked for oneself, and the record says who asked. Does not commit.
    """
    note(user, "invite" if user.email else "link", by)
    return new_link(user, timedelta(hours=INVITED_HOURS))


def holder(secret: str) -> User:
    """Whose link this is, while it can be used. Uses nothing up. Raises `LinkSpent`."""
    user: User | None = db.session.scalar(
        select(User)
        .join(ResetLink, ResetLink.user_id == User.id)
        .where(
            ResetLink.secret_hash == hash_secret(secret),
            ResetLink.used_at.is_(None),
            ResetLink.expires_at > now(),
            User.is_enabled,
        )
    )
    if user is None:
        raise LinkSpent
    return user


def use_link(secret: str, password_hash: str) -> User:
    """Sets the password and signs the person out everywhere. Of two uses at once, one wins.

    Raises `LinkSpent`. Does not commit.
    """
    user = holder(secret)
    used = db.session.execute(
        update(ResetLink)
        .where(ResetLink.secret_hash == hash_secret(secret), ResetLink.used_at.is_(None))
        .values(used_at=now())
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise LinkSpent
    set_password(user, password_hash)
    return user
