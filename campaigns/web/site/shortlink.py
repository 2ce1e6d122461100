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


@page.get("/k/<code>/<tag>")
@public()
def follow_from(code: str, tag: str) -> ResponseReturnValue:
    """The same with a name of its own: its gifts are counted together."""
    campaign = by_short_code(code)
    if campaign is None:
        abort(404)
    return redirect(url_for("site.campaign.show_from", slug=campaign.slug, tag=tag), 302)
