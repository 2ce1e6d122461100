"""Passkeys: what is kept of one, and what its count of signatures says. The protocol itself is `web.passkeys`."""

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.history import note
from campaigns.domain.accounts.models import User
from campaigns.domain.factors.errors import BadPasskey
from campaigns.domain.factors.models import Passkey

MOST = 10
"""Of one person."""


def add(user: User, credential_id: bytes, data: bytes, sign_count: int, name: str) -> Passkey:
    """Raises `BadPasskey` when somebody has it already. Does not commit."""
    passkey = Passkey(
        user_id=user.id, credential_id=credential_id, data=data, sign_count=sign_count, name=name
    )
    try:
        with db.session.begin_nested():
            db.session.add(passkey)
    except IntegrityError:
        raise BadPasskey from None
    note(user, "passkey", user)
    return passkey


def by_credential(credential_id: bytes) -> Passkey | None:
    return db.session.scalar(select(Passkey).where(Passkey.credential_id == credential_id))


def one_of(user_id: int, public_id: str) -> Passkey | None:
    return db.session.scalar(
        select(Passkey).where(Passkey.user_id == user_id, Passkey.public_id == public_id)
    )


def used(passkey: Passkey, sign_count: int) -> None:
    """It has signed. One that counts must count upwards, else there is a copy of it.

    Raises `BadPasskey`. Does not commit.
    """
    grown = (Passkey.sign_count < sign_count) if sign_count else (Passkey.sign_count == 0)
    moved = db.session.execute(
        update(Passkey)
        .where(Passkey.id == passkey.id, grown)
        .values(sign_count=sign_count, used_at=now())
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]
        raise BadPasskey
