"""Tries to get in that failed, in the audit log: an account of ours by its id, else a keyed hash of what was typed.

Nobody is signed in, so nobody is said to have acted. What a stranger typed and where from stands there as hashes that
can only be compared. Known or not, the same is read and the same is written: nothing is slower for one of them.
"""

from flask import request

from campaigns.base.buckets import take
from campaigns.domain.accounts.identity import Login
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.queries import person
from campaigns.domain.accounts.throttle import network_of
from campaigns.domain.audit.acting import VISITOR, Actor
from campaigns.domain.audit.recording import record
from campaigns.domain.audit.values import keyed_hash
from campaigns.web.requestlog import request_id

FAILED, STOPPED, ASKED = "sign_in_failed", "tries_stopped", "reset_asked"
LINES, QUARTER_HOUR = 5, 900
"""So many lines about stopped tries from one network in a quarter of an hour: whoever goes on fills no log."""


def note_try(act: str, login: Login, step: str) -> None:
    """A try with this account, or with what is none. `step`: password, passkey, second, reset. Does not commit."""
    user = person(login)
    name = user.public_id if user else keyed_hash(f"{login.email or ''}|{login.mobile or ''}|{login.other}")
    _record(act, name, step)


def note_try_of(act: str, user: User, step: str) -> None:
    """A try with an account that is known already. Does not commit."""
    _record(act, user.public_id, step)


def note_stopped(login: Login, step: str) -> None:
    """Somebody tries too often. Does not commit."""
    if take(f"told:net:{network_of(request.remote_addr or '')}", LINES, QUARTER_HOUR) == 0:
        note_try(STOPPED, login, step)


def _record(act: str, name: str, step: str) -> None:
    network = keyed_hash(network_of(request.remote_addr or ""))
    who = Actor(role=VISITOR, via=request.endpoint or "", request_id=request_id())
    record(act, "user", name, after={"step": step, "network": network}, actor=who)
