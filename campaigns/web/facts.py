"""What the interface for programs tells of a campaign. The keys are a promise: they are only ever added to.

Money is rials, as the ledger's rollup has it.
"""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from campaigns.domain.campaigns.states import State
from campaigns.domain.deliveries.grants import of_campaign
from campaigns.domain.insights.five_numbers import five_numbers
from campaigns.domain.insights.goods_numbers import goods_numbers
from campaigns.domain.insights.portal import Card
from campaigns.web.locale import language
from campaigns.web.render import absolute

Facts = dict[str, Any]


def in_short(card: Card) -> Facts:
    """One of a list."""
    return {
        "slug": card.slug,
        "title": card.title,
        "language": card.title_language,
        "url": absolute(url_for("site.campaign.show", slug=card.slug)),
        "topic": card.topic,
        "provinces": list(card.province_codes),
        "state": card.state,
        "notice": _notice(card.state),
        "unit": {"name": card.unit_name, "price_rials": card.unit_price_rials, "count": card.unit_count},
        "goal_rials": card.goal_rials,
        "received_rials": card.received_rials,
        "percent": card.percent,
        "gifts": card.gifts,
        "ends_on": card.ends_on.isoformat() if card.ends_on else None,
        "is_sample": card.is_sample,
    }


def in_full(card: Card) -> Facts:
    """One by itself: with what was promised, spent and delivered, and its goods."""
    table = of_campaign(card.campaign_id, language().code)
    five = five_numbers(
        card.campaign_id, card.goal_rials, card.received_rials, card.unit_price_rials, table, card.whole
    )
    return in_short(card) | {
        "needed_rials": five.needed,
        "promised_rials": five.promised,
        "spent_rials": five.spent,
        "delivered_rials": five.delivered,
        "short_rials": five.short,
        "goods": _goods(card.campaign_id),
        "as_of": five.on.isoformat(),
    }


def _notice(state: str) -> str | None:
    """What whoever shows these numbers should say beside them. Null: nothing."""
    if state != State.FROZEN:
        return None
    return _("Giving to this campaign is stopped while something that was reported is looked into.")


def _goods(campaign_id: int) -> list[Facts]:
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
