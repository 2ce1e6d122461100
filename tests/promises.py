"""Needs of live campaigns, and goods that Sara promises."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.goods.need_models import DropOffPlace, NeedLine
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.pledges import Promise, pledge
from campaigns.domain.regions.actions import seed_provinces

GRACE = 3  # days
_numbers = count(1)


def need(campaign: Campaign, quantity: int = 40, **changes: Any) -> NeedLine:
    """Blankets, new ones; committed. Nobody buys them with the campaign's money."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "campaign": campaign,
        "key": f"blanket-{number}",
        "item_key": f"blanket-{number}",
        "item_fa": "پتو",
        "item_en": "Blanket",
        "accepted_fa": "نو و دونفره",
        "refused_fa": "دست دوم",
        "unit_fa": "تخته",
        "unit_en": "pieces",
        "quantity": quantity,
        "takes_money": False,
        "confirmed_on": tehran_day(now()),
    }
    line = NeedLine(**values | changes)
    db.session.add(line)
    db.session.commit()
    return line


def place(campaign: Campaign, **changes: Any) -> DropOffPlace:
    """Where goods may be brought; committed."""
    seed_provinces()
    values: dict[str, Any] = {
        "campaign": campaign,
        "province_code": "IR-08",
        "name_fa": "انبار کرمان",
        "name_en": "Kerman store",
        "address_fa": "کرمان، خیابان شریعتی، شماره ۱۲",
        "hours_fa": "شنبه تا چهارشنبه، ۸ تا ۱۴",
    }
    found = DropOffPlace(**values | changes)
    db.session.add(found)
    db.session.commit()
    return found


def in_days(days: int) -> date:
    return tehran_day(now()) + timedelta(days=days)


def promised(line: NeedLine, quantity: int = 6, **changes: Any) -> Pledge:
    """Sara has promised so many; committed."""
    wish = Promise(quantity=quantity, day=changes.pop("day", in_days(5)), language="fa", **changes)
    made, _new = pledge(line, wish, f"form-{next(_numbers)}", GRACE)
    db.session.commit()
    return made


def all_pledges() -> list[Pledge]:
    query = select(Pledge).order_by(Pledge.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))
