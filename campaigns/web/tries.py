"""Refusing those who try too often, in a page that keeps what they typed."""

from flask import Response, current_app, make_response, request
from flask_babel import ngettext

from campaigns.base.digits import grouped
from campaigns.base.extensions import db
from campaigns.domain.accounts.identity import Login
from campaigns.domain.accounts.throttle import Gate, wait_for
from campaigns.web.locale import language


def seconds_to_wait(gate: Gate, login: Login) -> int:
    """Counts this try and commits it, whatever comes of the request."""
    if not current_app.config["SETTINGS"].rate_limits:
        return 0
    seconds = wait_for(gate, login, request.remote_addr or "")
    db.session.commit()
    return seconds


def slow_down(seconds: int) -> str:
    """What to tell somebody who has to wait."""
    minutes = -(-seconds // 60)
    return ngettext(
        "That was one try too many. Please try again in %(minutes)s minute.",
        "That was one try too many. Please try again in %(minutes)s minutes.",
        minutes,
        minutes=grouped(minutes, language().code),
    )


def refused(page: str, seconds: int) -> Response:
    """The page as a 429 that says when to come back."""
    response = make_response(page, 429)
    response.headers["Retry-After"] = str(seconds)
    return response
