"""A draft as its organizer shows it to colleagues: whoever holds the link reads it until it expires or is withdrawn."""

from flask import Blueprint, Response, abort, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from campaigns.domain.campaigns.drafts import is_open, opened_by
from campaigns.domain.campaigns.queries import by_slug
from campaigns.domain.campaigns.states import State
from campaigns.domain.insights.campaign_page import campaign_page
from campaigns.web.guards import public
from campaigns.web.locale import language
from campaigns.web.needs import shown
from campaigns.web.render import themed

page = Blueprint("draft", __name__)


@page.get("/draft/<token>")
@public()
def show(token: str) -> ResponseReturnValue:
    """Not for search engines and kept nowhere. Once the campaign has a page of its own, that page."""
    link = opened_by(token)
    if link is None:
        abort(404)
    campaign = link.campaign
    if not is_open(link) or campaign.state == State.CANCELLED:
        abort(410)
    if by_slug(campaign.slug):
        return _quietly(redirect(url_for("site.campaign.show", slug=campaign.slug), 303))
    view = campaign_page(campaign, language().code, preview=True)
    needs = shown(campaign, live=False)
    return _quietly(
        make_response(
            themed(campaign.theme, "site/campaign.html", page=view, needs=needs, open_until=link.expires_at)
        )
    )


def _quietly(response: Response) -> Response:
    """The address is the key: no other site learns it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
