"""Who may do what where. Denied by default.

A grant counts for the whole country (no province, no campaign), for one province, or for one campaign.
Organizers hold their permissions on what they wrote, wherever it helps, as long as the grant lives, and never
on what others wrote unless granted that very campaign; their province says where they may begin.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import Grant
from campaigns.domain.accounts.permissions import WHO_MAY, Permission, Role


@dataclass(frozen=True)
class Where:
    """Where something is: its campaign, the provinces it serves, who wrote it. Empty: the whole country."""

    campaign_id: int | None = None
    province_codes: frozenset[str] = frozenset()
    author_id: int | None = None


COUNTRY = Where()
T = TypeVar("T")


@dataclass(frozen=True)
class Scope:
    """Where a permission holds for somebody: everywhere, or in these provinces and campaigns."""

    everywhere: bool
    province_codes: frozenset[str]
    campaign_ids: frozenset[int]
    own: bool

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.province_codes or self.campaign_ids) or self.own


def grants_of(user_id: int) -> list[Grant]:
    return list(db.session.scalars(select(Grant).where(Grant.user_id == user_id)))


def held(user_id: int) -> frozenset[Permission]:
    """Everything the user may do somewhere."""
    return frozenset(permission for grant in grants_of(user_id) for permission in WHO_MAY[Role(grant.role)])


def covers(grant: Grant, permission: Permission, where: Where) -> bool:
    """Whether this one grant gives `permission` at `where`."""
    role = Role(grant.role)
    if permission not in WHO_MAY[role]:
        return False
    if grant.campaign_id is not None:
        return grant.campaign_id == where.campaign_id
    if role is Role.ORGANIZER and where.author_id is not None:
        return where.author_id == grant.user_id
    return grant.province_code is None or grant.province_code in where.province_codes


def may(user_id: int, permission: Permission, where: Where = COUNTRY) -> bool:
    """Whether the user holds `permission` at `where`."""
    return any(covers(grant, permission, where) for grant in grants_of(user_id))


def scope_of(user_id: int, permission: Permission) -> Scope:
    """Where the user holds `permission`: for lists. An organizer's grants reach only their own campaigns."""
    grants = [grant for grant in grants_of(user_id) if permission in WHO_MAY[Role(grant.role)]]
    wide = [grant for grant in grants if grant.role != Role.ORGANIZER and grant.campaign_id is None]
    return Scope(
        everywhere=any(grant.province_code is None for grant in wide),
        province_codes=_present(grant.province_code for grant in wide),
        campaign_ids=_present(grant.campaign_id for grant in grants),
        own=any(grant.role == Role.ORGANIZER and grant.campaign_id is None for grant in grants),
    )


def _present(values: Iterable[T | None]) -> frozenset[T]:
    return frozenset(value for value in values if value is not None)
