"""How somebody comes in: half, when the password was right and a second step is still to come; then wholly.

Each step has a session of its own: whatever id the browser held before is worth nothing afterwards.
"""

from flask import request, session
from flask_login import login_user
from flask_wtf.csrf import generate_csrf

from campaigns.base.clock import now
from campaigns.base.tokens import hash_secret, new_secret
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.queries import present
from campaigns.domain.accounts.throttle import network_of
from campaigns.domain.factors.places import is_new_place
from campaigns.domain.notices import letters
from campaigns.web.proof import note_proof
from campaigns.web.sessions import HALF_USER, agent_of

HALF_SECONDS = 600
"""How long the second step may take."""


def let_half_in(user: User, next_token: str) -> None:
    """The password was right. Nobody is signed in yet. Does not commit."""
    session.clear()
    session.renew()  # type: ignore[attr-defined]
    session[HALF_USER] = user.id
    session["half_at"] = int(now().timestamp())
    session["half_next"] = next_token


def half_in() -> User | None:
    """Who has given the right password here a moment ago, and is still to take the second step."""
    user_id = session.get(HALF_USER)
    if user_id is None or now().timestamp() - session["half_at"] > HALF_SECONDS:
        return None
    return present(user_id)


def let_in(user: User, *, with_second: bool) -> None:
    """Signs the person in, and tells them by letter if it is from somewhere new. Does not commit."""
    session.clear()
    session.renew()  # type: ignore[attr-defined]
    login_user(user)
    generate_csrf()
    session["second"] = with_second
    note_proof()
    agent = agent_of(request)
    if is_new_place(user.id, agent, network_of(request.remote_addr or "")):
        browser, _, system = agent.partition("|")
        key = hash_secret(new_secret())
        letters.signed_in_elsewhere(user, browser=browser, system=system, at=now(), key=key)
