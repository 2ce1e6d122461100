"""Somebody with an account: what is held about them, and forgetting them. Does not commit."""

from typing import Any

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import grants_of
from campaigns.domain.accounts.actions import set_enabled
from campaigns.domain.accounts.grants import changes_of, revoke_role
from campaigns.domain.accounts.history import account_changes_of
from campaigns.domain.accounts.models import LoginSession, User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.audit.models import AuditEntry
from campaigns.domain.erasure.facts import facts
from campaigns.domain.erasure.rows import delete_addressed, delete_rows
from campaigns.domain.exports.models import Export
from campaigns.domain.notices.models import Letter

NOBODY = "–"


def held(user: User) -> dict[str, Any]:
    """Everything that is held about this person, by table; of what they did, the log of their acts."""
    return facts(
        [
            *(user, *grants_of(user.id), *changes_of(user), *account_changes_of(user)),
            *db.session.scalars(select(LoginSession).where(LoginSession.user_id == user.id)),
            *db.session.scalars(select(Export).where(Export.user_id == user.id).order_by(Export.id)),
            *_letters(user),
            *db.session.scalars(
                select(AuditEntry).where(AuditEntry.actor_id == user.id).order_by(AuditEntry.id)
            ),
        ]
    )


def forget(user: User, by: User) -> None:
    """The account closes and its name, address, number and password go. What the person decided and wrote for the
    house stays, under nobody's name. Raises `LastAdministrator`.
    """
    set_enabled(user, False, by)
    for grant in grants_of(user.id):
        province_code, campaign_id = grant.province_code, grant.campaign_id
        revoke_role(user, Role(grant.role), province_code=province_code, campaign_id=campaign_id, by=by)
    delete_rows("user_id", {user.id})
    delete_addressed({user.email} if user.email else set())
    user.name, user.mobile, user.password_hash, user.search_key = (
        f"{NOBODY} {user.public_id[:4]}",
        None,
        None,
        "",
    )
    user.email = f"{user.public_id}@erased.invalid".casefold()
    db.session.flush()


def _letters(user: User) -> list[Letter]:
    if not user.email:
        return []
    return list(db.session.scalars(select(Letter).where(Letter.to == user.email).order_by(Letter.id)))
