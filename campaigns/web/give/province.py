"""Giving to a national campaign: first where. A gift is always to one province, and stands on its account."""

from flask import request

from campaigns.base import stamps
from campaigns.domain.campaigns.page import CampaignPage
from campaigns.domain.campaigns.queries import by_slug
from campaigns.domain.insights.family import Family, family
from campaigns.domain.matching.pools import STAMP
from campaigns.web.locale import language
from campaigns.web.render import themed
from campaigns.web.shelf import kept

ASKED = ("amount", "other", "intent", "repeat", "fill")
LONGEST = 60


def where_to(campaign_id: int, view: CampaignPage) -> str | None:
    """The page that asks for the province; None where none takes gifts: then the campaign takes it itself."""
    if view.whole is None:
        return None
    found = kept(
        ("family", view.slug, language().code),
        lambda: _family(view),
        lambda _found: frozenset({stamps.of_campaign(campaign_id), STAMP}),
    )
    if found is None or not found.open:
        return None
    asked = {name: request.args[name][:LONGEST] for name in ASKED if request.args.get(name)}
    return themed(view.theme, "give/province.html", page=view, family=found, asked=asked)


def _family(view: CampaignPage) -> Family | None:
    campaign = by_slug(view.slug)
    return family(campaign, view.whole, language().code) if campaign is not None else None
