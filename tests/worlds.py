"""Campaigns for tests, brought about as the house itself would: filled, sent, approved by two, given to."""

from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.models import Organization, User
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Data, Part, read, write
from campaigns.domain.campaigns.states import Move, State
from campaigns.domain.contributions.actions import Wish, pledge
from campaigns.domain.contributions.commitment import committed
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.rollup import place
from campaigns.domain.moderation.actions import decide
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.regions.actions import seed_provinces

UNIT_RIALS = 45_000_000
_forms = count(1)


def organization() -> Organization:
    """The house that runs the campaigns; made once a test. The provinces are there as well."""
    seed_provinces()
    kept = db.session.scalar(select(Organization).order_by(Organization.id))
    if kept is None:
        kept = Organization(
            slug="nikookari",
            name_fa="سازمان ملی نیکوکاری",
            name_en="National Charity Organization",
            license_number="۱۲۳۴",
            phone="+982112345678",
        )
        db.session.add(kept)
    db.session.commit()
    return kept


def empty_draft(author: User, slug: str = "dowry-kerman") -> Campaign:
    """A campaign that was only begun."""
    campaign = actions.create(author, organization().id, slug, "جهیزیه برای زوج‌های کرمان")
    db.session.commit()
    return campaign


def ready_draft(author: User, slug: str = "dowry-kerman") -> Campaign:
    """A campaign with every page filled in, not yet sent."""
    campaign = empty_draft(author, slug)
    for part, data in full_parts(slug).items():
        write(campaign, part, data)
    db.session.commit()
    return campaign


def sent_campaign(author: User, slug: str = "dowry-kerman") -> Campaign:
    """A campaign that waits for moderators."""
    campaign = ready_draft(author, slug)
    actions.move(campaign, Move.SUBMIT, author)
    db.session.commit()
    return campaign


def live_campaign(author: User, *moderators: User, slug: str = "dowry-kerman") -> Campaign:
    """A campaign that as many of these moderators as it needs have approved; open today."""
    campaign = sent_campaign(author, slug)
    for moderator in moderators:
        if campaign.state != State.SUBMITTED:
            break
        item = find("campaign", campaign.public_id)
        assert item is not None
        decide(item, moderator, Verdict.APPROVE)
    db.session.commit()
    return campaign


def change(campaign: Campaign, part: Part, author: User, **values: object) -> object:
    """Saves a part with some values changed; returns the edit that waits, if one does."""
    made = actions.save_part(campaign, part, read(campaign, part) | values, author)
    db.session.commit()
    return made


def gift(
    campaign: Campaign, rials: int = 500_000, at: datetime | None = None, **wish: object
) -> Contribution:
    """A gift that was paid: in the book, placed, on the wall."""
    wanted = Wish(rials=rials, **{"intent": "sadaqah", "language": "fa", **wish})  # type: ignore[arg-type]
    pledged, _new = pledge(campaign.id, wanted, f"form-{next(_forms)}")
    given = db.session.get_one(Contribution, pledged.id)
    given.received_at = at or now()
    legs = [Leg(accounts.clearing("practice"), accounts.campaign(campaign.id, given.intent), rials)]
    post(
        f"cap:{given.public_id}",
        Kind.CAPTURE,
        legs,
        occurred_at=given.received_at,
        campaign_id=campaign.id,
        commitment=committed(given.salt, given.code),
    )
    place()
    db.session.commit()
    return given


def full_parts(slug: str) -> dict[Part, Data]:
    """What each page of the editor holds when it is done."""
    return {
        Part.BASICS: {
            "slug": slug,
            "title": {"fa": "جهیزیه برای زوج‌های کرمان", "en": "Dowries for couples in Kerman"},
            "lead": {"fa": "برای چهل زوج، هر جهیزیه پنج قلم.", "en": "For forty couples."},
            "provinces": ["IR-08"],
            "counties": [],
            "topic": "marriage",
            "starts_on": None,
            "ends_on": (tehran_day(now()) + timedelta(days=60)).isoformat(),
            "contact_name": "مینا کریمی",
            "contact_phone": "",
        },
        Part.GOAL: {
            "unit_name": {"fa": "جهیزیه", "en": "dowry"},
            "unit_count": 40,
            "costs": [
                {"fa": "یخچال", "en": "Fridge", "rials": 30_000_000},
                {"fa": "اجاق", "en": "Stove", "rials": 15_000_000},
            ],
            "presets": [{"fa": "یک قابلمه", "en": "A pot", "rials": 2_000_000}],
            "intents": ["sadaqah", "nazr"],
            "minimum_rials": 200_000,
            "covers_overhead": True,
            "goal_policy": "continue",
            "sibling": None,
            "surplus_rule": {"fa": "به زوج بعدی می‌رسد.", "en": "It helps the next couple."},
        },
        Part.STORY: {
            "story": {"fa": "چهل زوج در شهرستان‌های کرمان چشم‌به‌راه‌اند.", "en": "Forty couples wait."}
        },
        Part.LOOK: {"theme": "firouzeh", "motif": "window", "accent": ""},
        Part.FAQ: {"fa": [{"question": "چه می‌خرید؟", "answer": "پنج قلم اصلی."}], "en": []},
        Part.BLOCKS: {"blocks": []},
    }
