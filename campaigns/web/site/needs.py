"""Everything a campaign needs in goods: what is left of each, what is accepted, where to bring it."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from campaigns.base.clock import now
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.calendar import state_on
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import State
from campaigns.domain.goods.need_queries import lines_of
from campaigns.domain.goods.need_views import text
from campaigns.domain.goods.siblings import Offer, offers_instead
from campaigns.domain.insights.portal import Card, cards_of
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.needs import shown
from campaigns.web.render import themed
from campaigns.web.site.campaign import found

page = Blueprint("needs", __name__)


@page.get("/c/<slug>/needs")
@cacheable(prompt=True)
def show(slug: str) -> ResponseReturnValue:
    campaign = found(slug)
    if not isinstance(campaign, Campaign):
        return campaign
    code = language().code
    card = cards_of([campaign.id], code)[campaign.id]
    view = shown(campaign, live=_takes_gifts(campaign, card))
    if not view.needs.rows:
        abort(404)
    elsewhere = [] if view.needs.open else offers_instead(campaign, lines_of(campaign.id)[0])
    return themed(
        campaign.theme,
        "site/needs.html",
        card=card,
        view=view,
        elsewhere=[
            (offer.campaign.slug, text(offer.line, "item", code)) for offer in _others(campaign, elsewhere)
        ],
        sample=campaign.is_sample,
    )


def _takes_gifts(campaign: Campaign, card: Card) -> bool:
    state, _since = state_on(campaign, tehran_day(now()))
    reached = card.goal_rials > 0 and card.received_rials >= card.goal_rials
    return state is State.LIVE and (campaign.goal_policy == "continue" or not reached)


def _others(campaign: Campaign, offers: list[Offer]) -> list[Offer]:
    return [offer for offer in offers if offer.campaign.id != campaign.id]
