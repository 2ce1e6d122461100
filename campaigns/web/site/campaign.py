"""The page of one campaign, and the page to share it."""

import io

import segno
from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from campaigns.base import stamps
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import by_slug, moved_to
from campaigns.domain.insights.campaign_page import campaign_page
from campaigns.domain.matching.pools import STAMP
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.render import absolute, themed

page = Blueprint("campaign", __name__)


@page.get("/c/<slug>")
@cacheable()
def show(slug: str) -> ResponseReturnValue:
    campaign = _found(slug)
    if not isinstance(campaign, Campaign):
        return campaign
    view = campaign_page(campaign, language().code)
    return themed(campaign.theme, "site/campaign.html", page=view)


@page.get("/c/<slug>/share")
@cacheable()
def share(slug: str) -> ResponseReturnValue:
    campaign = _found(slug)
    if not isinstance(campaign, Campaign):
        return campaign
    link = absolute(url_for("site.shortlink.follow", code=campaign.short_code))
    return themed(
        campaign.theme,
        "site/share.html",
        page=campaign_page(campaign, language().code),
        link=link,
        qr=_qr(link),
    )


def _found(slug: str) -> Campaign | ResponseReturnValue:
    """The campaign; a redirect for an address it had before; else 404."""
    campaign = by_slug(slug)
    if campaign is not None:
        depends(stamps.of_campaign(campaign.id), STAMP)
        return campaign
    present = moved_to(slug)
    if present is None:
        abort(404)
    return redirect(url_for(request.endpoint or "", slug=present), 301)


def _qr(link: str) -> Markup:
    """The link as SVG without fixed size or colours of its own: the page's CSS sets them."""
    out = io.BytesIO()
    segno.make(link, error="m").save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        svgclass="qr",
        lineclass="qr-line",
        border=2,
    )
    return Markup(out.getvalue().decode())  # noqa: S704 -- made from our own address
