"""The badge and the card of one campaign."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.domain.campaigns.queries import by_slug, moved_to
from campaigns.domain.insights.portal import Card, cards_of
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language

page = Blueprint("widget", __name__)


@page.get("/<slug>/badge.svg")
@cacheable(embeddable=True, shared_seconds=60, stale_seconds=300)
def badge(slug: str) -> ResponseReturnValue:
    found = _card(slug)
    if not isinstance(found, Card):
        return found
    answer: Response = make_response(render_template("widgets/badge.svg", card=found))
    answer.mimetype = "image/svg+xml"
    return answer


@page.get("/<slug>/card")
@cacheable(embeddable=True, shared_seconds=60, stale_seconds=300)
def card(slug: str) -> ResponseReturnValue:
    found = _card(slug)
    if not isinstance(found, Card):
        return found
    return render_template("widgets/card.html", card=found, theme=found.theme)


def _card(slug: str) -> Card | ResponseReturnValue:
    """The card; a redirect for an address the campaign had before; else 404."""
    campaign = by_slug(slug)
    if campaign is None:
        present = moved_to(slug)
        if present is None:
            abort(404)
        return redirect(url_for(request.endpoint or "", slug=present), 301)
    depends(stamps.of_campaign(campaign.id))
    return cards_of([campaign.id], language().code)[campaign.id]
