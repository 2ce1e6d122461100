"""What second factors somebody has, and whether they must have one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, or_, select

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import held
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.factors import recovery
from campaigns.domain.factors.models import AuthenticatorApp, Passkey

DEMANDING = frozenset({Permission.MODERATE, Permission.HANDLE_MONEY, Permission.MANAGE_PEOPLE})
"""Whoever decides what the public reads, may change where money goes, or lets others in, has a second step."""


@dataclass(frozen=True)
class Factors:
    app: AuthenticatorApp | None
    passkeys: Sequence[Passkey]
    codes_left: int

    @property
    def count(self) -> int:
        """How many there are to sign in with; recovery codes stand in for them only."""
        return len(self.passkeys) + (self.app is not None)


def factors_of(user_id: int) -> Factors:
    return Factors(db.session.get(AuthenticatorApp, user_id), passkeys_of(user_id), recovery.left(user_id))


def passkeys_of(user_id: int) -> Sequence[Passkey]:
    """Oldest first."""
    return db.session.scalars(select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.id)).all()


def has_app(user_id: int) -> bool:
    return db.session.get(AuthenticatorApp, user_id) is not None


def has_any(user_id: int) -> bool:
    """Whether signing in takes a second step."""
    app = exists().where(AuthenticatorApp.user_id == user_id)
    key = exists().where(Passkey.user_id == user_id)
    return bool(db.session.scalar(select(or_(app, key))))


def is_demanded(user_id: int) -> bool:
    """Whether what the person may do demands a second step."""
    return bool(held(user_id) & DEMANDING)
