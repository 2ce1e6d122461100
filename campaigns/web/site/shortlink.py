"""Short links for posters and messages."""

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from campaigns.domain.campaigns.queries import by_short_code
from campaigns.web.guards import public

page = Blueprint("shortlink", __name__)


@page.get("/k/<code>")
@public()
def follow(code: str) -> ResponseReturnValue:
    """302: the slug behind a short code may change."""
    campaign = by_short_code(code)
    if campaign is None:
        abort(404)
    return redirect(url_for("site.campaign.show", slug=campaign.slug), 302)
