"""Giving roles and taking them away. Every change leaves a row in `grant_change` and a line in the log."""

from collections.abc import Sequence
from typing import NamedTuple

import structlog
from sqlalchemy import Select, delete, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.administrators import keep_one
from campaigns.domain.accounts.models import Grant, GrantChange, User
from campaigns.domain.accounts.permissions import Role

log = structlog.get_logger("accounts")


class Place(NamedTuple):
    """Where a role holds: in one province, on one campaign, or (neither) in the whole country."""

    province_code: str | None = None
    campaign_id: int | None = None


class BadScope(Exception):
    """A role holds in the country, in one province or on one campaign: never in both at once."""


def grant_role(
    user: User,
    role: Role,
    *,
    province_code: str | None = None,
    campaign_id: int | None = None,
    organization_id: int | None = None,
    by: User | None = None,
) -> Grant:
    """Gives the role there; somebody who has it keeps the grant they have, for another organization if one is named.

    `by` none: an operator at the console.

    Raises `BadScope`. Does not commit.
    """
    if province_code and campaign_id:
        raise BadScope
    place = Place(province_code, campaign_id)
    kept = db.session.scalar(_grants(user, role, place))
    if kept is not None:
        if organization_id not in (None, kept.organization_id):
            kept.organization_id = organization_id
            _record("grant", kept, by)
        return kept
    grant = Grant(
        user=user,
        role=role.value,
        organization_id=organization_id,
        province_code=province_code,
        campaign_id=campaign_id,
        granted_by_id=by.id if by else None,
    )
    db.session.add(grant)
    _record("grant", grant, by)
    return grant


def revoke_role(
    user: User,
    role: Role,
    *,
    province_code: str | None = None,
    campaign_id: int | None = None,
    by: User | None = None,
) -> bool:
    """Takes the role away there and nowhere else. False: the person did not have it. Does not commit.

    Raises `LastAdministrator` rather than leave the country without one.
    """
    place = Place(province_code, campaign_id)
    found = db.session.scalars(_grants(user, role, place)).all()
    if not found:
        return False
    if place == Place():
        keep_one(user, role)
    _record("revoke", found[0], by)
    db.session.execute(delete(Grant).where(Grant.id.in_([grant.id for grant in found])))
    return True


def holds(user: User, role: Role, place: Place) -> Grant | None:
    """The person's grant of this role at this very place."""
    return db.session.scalar(_grants(user, role, place).limit(1))


def changes_of(user: User) -> Sequence[GrantChange]:
    """What was given to this person and taken away, oldest first."""
    return db.session.scalars(
        select(GrantChange).where(GrantChange.user_id == user.id).order_by(GrantChange.id)
    ).all()


def _grants(user: User, role: Role, place: Place) -> Select[Grant]:
    return select(Grant).where(
        Grant.user_id == user.id,
        Grant.role == role.value,
        Grant.province_code.is_not_distinct_from(place.province_code),
        Grant.campaign_id.is_not_distinct_from(place.campaign_id),
    )


def _record(verb: str, grant: Grant, by: User | None) -> None:
    db.session.flush()
    change = GrantChange(
        user_id=grant.user_id,
        verb=verb,
        role=grant.role,
        province_code=grant.province_code,
        campaign_id=grant.campaign_id,
        organization_id=grant.organization_id,
        actor_id=by.id if by else None,
        changed_at=now(),
    )
    db.session.add(change)
    log.info(
        f"role_{verb}",
        person=grant.user.public_id,
        role=grant.role,
        province=grant.province_code,
        campaign=grant.campaign_id,
        by=by.public_id if by else "console",
    )
