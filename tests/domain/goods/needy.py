"""Needs for tests."""

from datetime import date

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.goods.need_data import write_place
from campaigns.domain.goods.need_models import DropOffPlace, NeedLine


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


def place(campaign: Campaign, *needs: NeedLine) -> DropOffPlace:
    """A place in Kerman that takes these, or everything."""
    data = {
        "name": {"fa": "انبار نیکوکاری کرمان", "en": ""},
        "address": {"fa": "کرمان، خیابان بهمنیار، پلاک دوازده", "en": ""},
        "hours": {"fa": "شنبه تا چهارشنبه، نه تا شانزده", "en": "Saturday to Wednesday, 9 to 16"},
        "province": "IR-08",
        "county": None,
        "phone": "",
        "needs": [line.public_id for line in needs],
    }
    found = write_place(campaign, None, data)
    db.session.commit()
    return found
