"""Tells the audit log who acts in this request: the signed-in person, the roles that opened the door, the endpoint."""

from flask import Flask, request
from flask_login import current_user, user_logged_in

from campaigns.domain.accounts.access import grants_of
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import WHO_MAY, Role
from campaigns.domain.audit import watching
from campaigns.domain.audit.acting import Actor, acting
from campaigns.domain.audit.recording import record
from campaigns.web.guards import SAFE_METHODS, Access, policy_of
from campaigns.web.requestlog import request_id


def init_acting(app: Flask) -> None:
    """Must come after the guards: whom they send away does not act."""
    app.extensions["audit"] = watching
    app.before_request(_begin)
    app.teardown_request(_end)  # a thread goes on to other work
    user_logged_in.connect(_signed_in, app)


def act_as(user: User) -> None:
    """From here on this request is that person's, though nobody is signed in: a link proved who it is."""
    acting.set(Actor(user.id, "", request.endpoint or "", request_id()))


def _begin() -> None:
    policy = policy_of(request.endpoint)
    if request.method in SAFE_METHODS or policy is None or policy.sessionless:
        return
    if policy.access is not Access.ENTRANCE and current_user.is_authenticated:
        roles = {
            grant.role
            for grant in grants_of(current_user.id)
            if policy.permission is None or policy.permission in WHO_MAY[Role(grant.role)]
        }
        acting.set(Actor(current_user.id, " ".join(sorted(roles)), request.endpoint or "", request_id()))


def _end(_error: BaseException | None) -> None:
    acting.set(None)


def _signed_in(_app: Flask, user: User) -> None:
    """Whichever way in it was: every door that signs somebody in goes through Flask-Login."""
    act_as(user)
    record("sign_in", "user", user.public_id)
