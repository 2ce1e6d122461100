"""How far the signed-in person's say about people reaches, and the people within. Others do not exist: 404."""

from dataclasses import replace

from flask import abort
from flask_login import current_user

from campaigns.domain.accounts.access import Scope, scope_of
from campaigns.domain.accounts.delegation import reaches_all
from campaigns.domain.accounts.directory import one
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.queries import only_in


def reach() -> Scope:
    """Where I manage people: the country, or my provinces, and the campaigns that serve no other."""
    scope = scope_of(current_user.id, Permission.MANAGE_PEOPLE)
    if scope.everywhere:
        return scope
    return replace(scope, campaign_ids=scope.campaign_ids | only_in(scope.province_codes))


def seen(scope: Scope, public_id: str) -> User:
    """A person I see."""
    user = one(scope, public_id)
    if user is None:
        abort(404)
    return user


def another(scope: Scope, public_id: str) -> User:
    """A person I see, who is not myself: nobody changes their own roles."""
    user = seen(scope, public_id)
    if user.id == current_user.id:
        abort(404)
    return user


def wholly(scope: Scope, public_id: str) -> User:
    """Another person who works nowhere beyond my reach: whose account itself I may change."""
    user = another(scope, public_id)
    if not reaches_all(scope, user):
        abort(404)
    return user
