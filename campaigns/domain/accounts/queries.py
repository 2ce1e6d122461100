"""Reads of people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import Scope
from campaigns.domain.accounts.identity import Login
from campaigns.domain.accounts.models import Organization, User


@dataclass(frozen=True)
class Credentials:
    """What checking a password needs: a plain copy, so that no transaction stays open while hashing."""

    user_id: int | None = None
    password_hash: str | None = None


def person(login: Login) -> User | None:
    """The person behind an e-mail address or a mobile number, enabled or not."""
    if login.email:
        return db.session.scalar(select(User).where(User.email == login.email))
    return db.session.scalar(select(User).where(User.mobile == login.mobile)) if login.mobile else None


def credentials(login: Login) -> Credentials:
    """Whose password to check; empty for unknown and for disabled people alike."""
    found = person(login)
    if found is None or not found.is_enabled:
        return Credentials()
    return Credentials(found.id, found.password_hash)


def present(user_id: int) -> User | None:
    """The person of a session, unless meanwhile disabled."""
    found = db.session.get(User, user_id)
    return found if found is not None and found.is_enabled else None


def people() -> Sequence[User]:
    """Everybody with an account, oldest first."""
    return db.session.scalars(select(User).order_by(User.id)).all()


def names_of(user_ids: Collection[int]) -> dict[int, str]:
    """What these people are called, by id."""
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))
    return {row.id: row.name for row in rows}


def organizations(scope: Scope) -> Sequence[Organization]:
    """Those of the scope's provinces and those of no province."""
    query = select(Organization).order_by(Organization.id)
    if not scope.everywhere:
        home = Organization.province_code
        query = query.where(or_(home.is_(None), home.in_(scope.province_codes)))
    return db.session.scalars(query).all()


def organizations_by_id(ids: Collection[int]) -> Sequence[Organization]:
    return db.session.scalars(select(Organization).where(Organization.id.in_(ids))).all()


def organization(slug: str) -> Organization | None:
    return db.session.scalar(select(Organization).where(Organization.slug == slug))
