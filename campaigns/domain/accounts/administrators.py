"""The country always keeps an administrator who can sign in: somebody must be able to let the others in."""

from sqlalchemy import Select, select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import Grant, User
from campaigns.domain.accounts.permissions import WHO_MAY, Permission, Role

ROLES = tuple(role for role in Role if Permission.MANAGE_PEOPLE in WHO_MAY[role])


class LastAdministrator(Exception):
    """Nobody else who is enabled and has a password manages people in the whole country."""


def hold(user: User) -> None:
    """Locks this person and every administrator of the country until the transaction ends (PostgreSQL).

    Always in the same order, so that two who change each other at once wait instead of failing; what is read
    afterwards is what the first of them left.
    """
    rows = select(User).where(User.id.in_(_administrators()) | (User.id == user.id)).order_by(User.id)
    db.session.scalars(rows.with_for_update(key_share=True).execution_options(populate_existing=True)).all()


def keep_one(user: User, role: Role | None = None) -> None:
    """Raises `LastAdministrator` when the country would be left alone without this person, or without this
    role of theirs.
    """
    if not user.is_enabled or (role is not None and role not in ROLES):
        return
    hold(user)
    able = select(User.id).where(User.is_enabled, User.password_hash.is_not(None))
    is_one = db.session.scalar(_administrators().where(Grant.user_id == user.id).limit(1))
    others = _administrators().where(Grant.user_id != user.id, Grant.user_id.in_(able)).limit(1)
    if is_one is not None and db.session.scalar(others) is None:
        raise LastAdministrator


def _administrators() -> Select[int]:
    return select(Grant.user_id).where(
        Grant.role.in_(ROLES), Grant.province_code.is_(None), Grant.campaign_id.is_(None)
    )
