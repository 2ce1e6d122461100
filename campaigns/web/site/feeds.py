"""Atom feeds (RFC 4287): the news of one campaign, and the campaigns of the portal.

An entry is known by the campaign's short link, which never changes, whatever becomes of its address.
"""

from flask import Blueprint, Response, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import newest_public, shown_updates
from campaigns.domain.insights.portal import cards_of
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.render import absolute
from campaigns.web.site.campaign import found

page = Blueprint("feeds", __name__)
MOST = 30
ATOM = "application/atom+xml"


@page.get("/c/<slug>/feed.atom")
@cacheable(embeddable=True, shared_seconds=60, stale_seconds=600)
def news(slug: str) -> ResponseReturnValue:
    campaign = found(slug)
    if not isinstance(campaign, Campaign):
        return campaign
    return _atom(news_of(campaign))


def news_of(campaign: Campaign) -> str:
    """The text of its feed."""
    card = cards_of([campaign.id], language().code)[campaign.id]
    rows = shown_updates(campaign.id, MOST)
    moments = [campaign.approved_at or campaign.created_at, *(row.shown_at or row.created_at for row in rows)]
    return render_template(
        "site/news.atom.xml",
        campaign=campaign,
        card=card,
        rows=rows,
        updated=max(moments),
        link=permanent(campaign),
    )


@page.get("/campaigns.atom")
@cacheable(embeddable=True, shared_seconds=60, stale_seconds=600)
def campaigns() -> ResponseReturnValue:
    """The newest campaigns. An entry counts as changed when its campaign's state has."""
    return _atom(newest())


def newest() -> str:
    """The text of the feed of new campaigns."""
    depends(stamps.PORTAL)
    rows = newest_public(MOST)
    cards = cards_of([row.id for row in rows], language().code)
    return render_template(
        "site/campaigns.atom.xml",
        here=absolute(url_for("site.feeds.campaigns")),
        rows=[(row, cards[row.id], permanent(row)) for row in rows],
        updated=max((row.state_changed_at for row in rows), default=None),
    )


def permanent(campaign: Campaign) -> str:
    """The short link in the default language: the id of its entries."""
    return absolute(f"/k/{campaign.short_code}")


def _atom(text: str) -> Response:
    answer = make_response(text)
    answer.mimetype = ATOM
    return answer
