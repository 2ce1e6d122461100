"""The page of one campaign, and the page to share it."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.page import CampaignPage
from campaigns.domain.campaigns.queries import by_slug, moved_to
from campaigns.domain.deliveries import grants
from campaigns.domain.goods.board import NOTHING, board
from campaigns.domain.insights.campaign_page import campaign_page
from campaigns.domain.insights.campaign_rows import CampaignRows, campaign_rows, is_there, sums_of
from campaigns.domain.insights.family import family, national_of
from campaigns.domain.insights.five_numbers import five_numbers, five_of
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
    rows, code = campaign_rows(campaign.id), language().code
    view = campaign_page(campaign, code, rows=rows)
    found_needs = board(campaign.id) if is_there(rows, "needs") else NOTHING
    link = _short_link(campaign)
    return themed(
        campaign.theme,
        "site/campaign.html",
        page=view,
        via=tag,
        link=link,
        qr=qr(link),
        needs=shown(campaign, live=view.accepts_gifts, found=found_needs),
        **_numbers(campaign, view, rows),
        family=family(campaign, view.whole, code),
        national=national_of(campaign, code) if is_there(rows, "parent") and view.whole is None else None,
        goods=goods_numbers(campaign.id, code, found_needs),
        volunteering=volunteering(
            campaign.id, code, rows["minutes"][0][0] or 0, roles=is_there(rows, "roles")
        ),
    )


def _numbers(campaign: Campaign, view: CampaignPage, rows: CampaignRows) -> dict[str, object]:
    """The five numbers, and what reached people. Those of a national campaign are asked of its provinces."""
    table = grants.county_table(rows["grants"], language().code)
    bar = (view.goal_rials, view.received_rials, view.unit_price_rials, table)
    five = five_numbers(campaign.id, *bar, view.whole) if view.whole else five_of(sums_of(rows), *bar)
    return {"five": five, "grants": table}


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
