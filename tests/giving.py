"""Campaigns that take gifts, and gifts on their way."""

from itertools import count
from typing import Any

from campaigns.base.clock import now
from campaigns.base.codes import public_id
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import Organization, User
from campaigns.domain.campaigns.history import CampaignMove
from campaigns.domain.campaigns.models import AllowedIntent, Campaign, CampaignText, Preset
from campaigns.domain.contributions.actions import Wish, pledge
from campaigns.domain.contributions.models import Contribution

GIFT = 5_000_000  # rials
_numbers = count(1)


def live_campaign(*intents: str, title: str = "جهیزیهٔ نوعروسان کرمان", **changes: Any) -> Campaign:
    """A live campaign of sixty dowries with one preset of 50,000 tomans; committed. No intents: sadaqah alone."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "slug": f"dowry-{number}",
        "short_code": f"d{number}",
        "state": "live",
        "unit_price_rials": 1_200_000_000,
        "unit_count": 60,
        "approved_at": now(),
        "organization": _house(),
        "author": _author(),
    }
    campaign = Campaign(**values | changes)
    db.session.add(campaign)
    db.session.flush()
    db.session.add_all(
        AllowedIntent(campaign_id=campaign.id, intent=intent, position=place)
        for place, intent in enumerate(intents or ("sadaqah",))
    )
    db.session.add_all(
        [
            CampaignText(campaign_id=campaign.id, language="fa", title=title, unit_name="جهیزیه"),
            Preset(campaign_id=campaign.id, position=0, rials=500_000, thing_fa="یک بالش"),
            CampaignMove(campaign_id=campaign.id, before="approved", after="live"),
        ]
    )
    db.session.commit()
    return campaign


def pledged(campaign: Campaign, rials: int = GIFT, **wish: Any) -> Contribution:
    """Sara has filled in the form; committed."""
    intent = wish.pop("intent", "sadaqah")
    gift, _new = pledge(campaign.id, Wish(rials=rials, intent=intent, language="fa", **wish), public_id())
    db.session.commit()
    return db.session.get_one(Contribution, gift.id)


def _house() -> Organization:
    found = db.session.query(Organization).first()
    return found or Organization(
        slug="niki",
        name_fa="سازمان ملی نیکوکاری",
        name_en="National Charity Organization",
        license_number="۱۲۳",
        phone="+982188123456",
    )


def _author() -> User:
    return db.session.query(User).first() or User(name="Mina", email="mina@example.org")
