"""The public numbers of one campaign as JSON. The keys are a promise: they are only ever added to."""

from typing import Any

from flask import Blueprint, abort, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.domain.campaigns.queries import by_slug, moved_to
from campaigns.domain.deliveries.grants import of_campaign
from campaigns.domain.insights.five_numbers import five_numbers
from campaigns.domain.insights.goods_numbers import goods_numbers
from campaigns.domain.insights.portal import cards_of
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.render import absolute

page = Blueprint("campaign", __name__)


@page.get("/campaigns/<slug>.json")
@cacheable(embeddable=True, shared_seconds=10, stale_seconds=60)
def show(slug: str) -> ResponseReturnValue:
    """Money in rials, as the ledger's rollup has it. Any site may read this."""
    campaign = by_slug(slug)
    if campaign is None:
        present = moved_to(slug)
        return redirect(url_for(request.endpoint or "", slug=present), 301) if present else abort(404)
    depends(stamps.of_campaign(campaign.id))
    card = cards_of([campaign.id], language().code)[campaign.id]
    table = of_campaign(campaign.id, language().code)
    numbers = card.goal_rials, card.received_rials, card.unit_price_rials
    five = five_numbers(campaign.id, *numbers, table, card.whole)
    return jsonify(
        slug=card.slug,
        title=card.title,
        language=card.title_language,
        url=absolute(url_for("site.campaign.show", slug=card.slug)),
        topic=card.topic,
        provinces=list(card.province_codes),
        state=card.state,
        unit={"name": card.unit_name, "price_rials": card.unit_price_rials, "count": card.unit_count},
        goal_rials=card.goal_rials,
        received_rials=card.received_rials,
        percent=card.percent,
        gifts=card.gifts,
        ends_on=card.ends_on.isoformat() if card.ends_on else None,
        is_sample=card.is_sample,
        needed_rials=five.needed,
        promised_rials=five.promised,
        spent_rials=five.spent,
        delivered_rials=five.delivered,
        short_rials=five.short,
        goods=_goods(campaign.id),
        as_of=five.on.isoformat(),
    )


def _goods(campaign_id: int) -> list[dict[str, Any]]:
    """Thing by thing, in pieces. Null: `delivered` is not told, a price for `missing_rials` not known."""
    return [
        {
            "item": thing.item,
            "unit": thing.unit,
            "needed": thing.needed,
            "promised": thing.promised,
            "received": thing.received,
            "paid_for": thing.paid,
            "delivered": thing.delivered,
            "missing": thing.missing,
            "missing_rials": thing.missing_rials,
        }
        for thing in goods_numbers(campaign_id, language().code).things
    ]
