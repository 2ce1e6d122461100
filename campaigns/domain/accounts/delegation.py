"""What somebody who manages people may do to others: never beyond their own reach, never to themselves.

`scope` is where they hold `MANAGE_PEOPLE`. Whoever manages people holds every other permission as well, so a role
within the place is within the reach. None of these commit.
"""

from typing import Any

from campaigns.domain.accounts.access import Scope, grants_of
from campaigns.domain.accounts.actions import correct_person, set_enabled
from campaigns.domain.accounts.administrators import hold
from campaigns.domain.accounts.grants import Place, grant_role, holds, revoke_role
from campaigns.domain.accounts.models import Grant, GrantChange, User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.accounts.resets import invitation


class NotYours(Exception):
    """It is out of reach, or one's own account: for this person it does not exist."""


class HeldAlready(Exception):
    """The person has this role there."""


def reaches(scope: Scope, place: Place | Grant | GrantChange) -> bool:
    """Whether what holds at `place` holds nowhere outside the scope."""
    if scope.everywhere:
        return True
    if place.campaign_id is not None:
        return place.campaign_id in scope.campaign_ids
    return place.province_code in scope.province_codes


def reaches_all(scope: Scope, user: User) -> bool:
    """Whether every role of this person is within the scope: only then is the account itself."""
    return all(reaches(scope, grant) for grant in grants_of(user.id))


def give(
    by: User, scope: Scope, user: User, role: Role, place: Place, organization_id: int | None = None
) -> Grant:
    """Raises `NotYours`, `HeldAlready`."""
    hold(user)
    if by.id == user.id or not reaches(scope, place):
        raise NotYours
    kept = holds(user, role, place)
    if kept is not None and organization_id in (None, kept.organization_id):
        raise HeldAlready
    return grant_role(user, role, **place._asdict(), organization_id=organization_id, by=by)


def take(by: User, scope: Scope, user: User, role: Role, place: Place) -> None:
    """Raises `NotYours`, also when the person has no such role; `LastAdministrator`."""
    hold(user)
    if by.id == user.id or not reaches(scope, place):
        raise NotYours
    if not revoke_role(user, role, **place._asdict(), by=by):
        raise NotYours


def switch(by: User, scope: Scope, user: User, enabled: bool) -> None:
    """Disables the account, which ends its sessions, or enables it. Raises `NotYours`, `LastAdministrator`."""
    _account(by, scope, user)
    set_enabled(user, enabled, by)


def invite(by: User, scope: Scope, user: User) -> str:
    """The secret of a link with which the person chooses a password. Raises `NotYours`.

    Only for somebody who never had one, or whom no letter can reach: others ask for a letter themselves.
    """
    _account(by, scope, user)
    if not may_be_invited(user):
        raise NotYours
    return invitation(user, by)


def correct(by: User, scope: Scope, user: User, name: str, **about: Any) -> None:
    """Mends name, `email`, `mobile` or `language` of somebody who has not come in yet.

    Raises `NotYours`, also once the person has a password: then these are theirs; `AlreadyKnown`.
    """
    _account(by, scope, user)
    if not may_be_corrected(user):
        raise NotYours
    correct_person(user, name, **about, by=by)


def may_be_corrected(user: User) -> bool:
    return user.is_enabled and user.password_hash is None


def may_be_invited(user: User) -> bool:
    return user.is_enabled and (user.password_hash is None or user.email is None)


def _account(by: User, scope: Scope, user: User) -> None:
    hold(user)
    if by.id == user.id or not reaches_all(scope, user):
        raise NotYours
