"""The page of one campaign, and the page to share it."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import by_slug, moved_to
from campaigns.domain.deliveries import grants
from campaigns.domain.insights.campaign_page import campaign_page
from campaigns.domain.insights.family import family, national_of
from campaigns.domain.insights.five_numbers import five_numbers
from campaigns.domain.insights.goods_numbers import goods_numbers
from campaigns.domain.matching.pools import STAMP
from campaigns.domain.supporters import sources
from campaigns.domain.volunteers.offers import volunteering
from campaigns.domain.volunteers.stamps import stamp_of
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.needs import shown
from campaigns.web.qr import qr
from campaigns.web.render import absolute, themed

page = Blueprint("campaign", __name__)


@page.get("/c/<slug>")
@cacheable(prompt=True)
def show(slug: str) -> ResponseReturnValue:
    return _shown(slug)


@page.get("/c/<slug>/from/<tag>")
@cacheable()
def show_from(slug: str, tag: str) -> ResponseReturnValue:
    """The same page, whose form says where its visitor came from. The link stands in the path: what is unknown in a
    query never reaches a kept page, and there are as many of these pages as the organizer has made links.
    """
    campaign = by_slug(slug)
    if campaign is None or not sources.is_known(campaign.id, tag):
        return redirect(url_for("site.campaign.show", slug=slug), 302)
    return _shown(slug, tag)


def _shown(slug: str, tag: str = "") -> ResponseReturnValue:
    campaign = found(slug)
    if not isinstance(campaign, Campaign):
        return campaign
    view = campaign_page(campaign, language().code)
    link = _short_link(campaign)
    table = grants.of_campaign(campaign.id, language().code)
    return themed(
        campaign.theme,
        "site/campaign.html",
        page=view,
        via=tag,
        link=link,
        qr=qr(link),
        needs=shown(campaign, live=view.accepts_gifts),
        five=five_numbers(
            campaign.id,
            view.goal_rials,
            view.received_rials,
            view.unit_price_rials,
            table,
            view.whole,
        ),
        family=family(campaign, view.whole, language().code),
        national=national_of(campaign, language().code) if view.whole is None else None,
        goods=goods_numbers(campaign.id, language().code),
        grants=table,
        volunteering=volunteering(campaign.id, language().code),
    )


@page.get("/c/<slug>/share")
@cacheable()
def share(slug: str) -> ResponseReturnValue:
    campaign = found(slug)
    if not isinstance(campaign, Campaign):
        return campaign
    view = campaign_page(campaign, language().code)
    link = _short_link(campaign)
    return themed(campaign.theme, "site/share.html", page=view, link=link, qr=qr(link))


def found(slug: str) -> Campaign | ResponseReturnValue:
    """The campaign; a redirect for an address it had before; else 404."""
    campaign = by_slug(slug)
    if campaign is not None:
        depends(*stamps.of_asking(campaign.id), STAMP, stamp_of(campaign.id))
        return campaign
    present = moved_to(slug)
    if present is None:
        abort(404)
    asked = (request.view_args or {}) | {"slug": present}
    return redirect(url_for(request.endpoint or "", **asked), 301)


def _short_link(campaign: Campaign) -> str:
    return absolute(url_for("site.shortlink.follow", code=campaign.short_code))
