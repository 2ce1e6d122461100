"""Where somebody goes after signing in: where they wanted to go, else to their work."""

from flask import current_app, url_for

from campaigns.base.tokens import TokenInvalid, read
from campaigns.domain.accounts.access import held
from campaigns.domain.accounts.permissions import Permission

NEXT_SECONDS = 3600
WORK = (
    (Permission.EDIT_CAMPAIGN, "desk.home.show"),
    (Permission.MODERATE, "review.queue.show"),
    (Permission.SEE_GIFTS, "desk.home.show"),
    (Permission.TAKE_GIFTS, "counter.home.show"),
    (Permission.COORDINATE, "coordination.home.show"),
)
"""The first permission somebody holds says where their work is."""


def landing(user_id: int, token: str | None) -> str:
    """The path to go to. `token` is believed only if we signed it: nobody can plant an address."""
    return _wanted(token) or _work(user_id)


def _wanted(token: str | None) -> str | None:
    if not token:
        return None
    try:
        path = read("next", token, NEXT_SECONDS)
    except TokenInvalid:
        return None
    return path if isinstance(path, str) and path.startswith("/") and not path.startswith("//") else None


def _work(user_id: int) -> str:
    may = held(user_id)
    for permission, endpoint in WORK:
        if permission in may and endpoint in current_app.view_functions:
            return url_for(endpoint)
    return url_for("account.me.show")
