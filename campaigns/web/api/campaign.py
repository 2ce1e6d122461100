"""The public numbers of one campaign as JSON, where they have been from the beginning. `v1` has the same."""

from flask import Blueprint, abort, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.domain.campaigns.queries import by_slug, moved_to
from campaigns.domain.insights.portal import cards_of
from campaigns.web.facts import in_full
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language

page = Blueprint("campaign", __name__)


@page.get("/campaigns/<slug>.json")
@cacheable(embeddable=True, prompt=True)
def show(slug: str) -> ResponseReturnValue:
    """Any site may read this."""
    campaign = by_slug(slug)
    if campaign is None:
        present = moved_to(slug)
        return redirect(url_for(request.endpoint or "", slug=present), 301) if present else abort(404)
    depends(*stamps.of_asking(campaign.id))
    return jsonify(in_full(cards_of([campaign.id], language().code)[campaign.id]))
