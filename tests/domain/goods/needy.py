"""Needs for tests."""

from datetime import date

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.goods.need_models import NeedLine


def need(
    campaign: Campaign, item: str = "پتو", quantity: int = 40, price: int = 2_000_000, **more: object
) -> NeedLine:
    """A need of this campaign as if it had been agreed to; committed."""
    values: dict[str, object] = {
        "item_key": item,
        "key": f"0:{item}",
        "item_fa": item,
        "unit_fa": "تخته",
        "unit_price_rials": price,
        "takes_money": price > 0,
        "confirmed_on": tehran_day(now()),
        "position": 0,
    }
    line = NeedLine(campaign_id=campaign.id, quantity=quantity, **(values | more))
    db.session.add(line)
    db.session.commit()
    return line


def today() -> date:
    return tehran_day(now())
