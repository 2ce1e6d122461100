"""Gathers the page of one campaign from the rooms that know its parts. A fixed number of queries."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.base.sorting import persian_key
from campaigns.domain.campaigns.block_page import shown_blocks
from campaigns.domain.campaigns.calendar import state_on
from campaigns.domain.campaigns.models import Campaign, CampaignText
from campaigns.domain.campaigns.page import (
    CampaignPage,
    Choice,
    CostRow,
    Document,
    News,
    Organizer,
    Partner,
    PresetAmount,
    Question,
    Sibling,
    Wall,
    WallRow,
)
from campaigns.domain.campaigns.queries import Details, details, sister_of
from campaigns.domain.campaigns.topics import TOPIC_LABELS, Topic
from campaigns.domain.campaigns.whole import Whole
from campaigns.domain.contributions.intents import INTENT_LABELS, Intent
from campaigns.domain.contributions.queries import wall
from campaigns.domain.families.sums import whole_of
from campaigns.domain.ledger.models import CampaignRollup
from campaigns.domain.matching.queries import offers
from campaigns.domain.moderation.queries import approvers
from campaigns.domain.partners.queries import behind, serving

WALL_ROWS = 12


def campaign_page(
    campaign: Campaign, language: str, *, preview: bool = False, with_wall: bool = True
) -> CampaignPage:
    """Everything the page of `campaign` shows in `language`, as the public may see it.

    The pages of giving leave the wall and the blocks out, and who vouches for the campaign: they do not show it.
    """
    texts, today = _texts(campaign.id), tehran_day(now())
    rollup, whole = db.session.get(CampaignRollup, campaign.id), whole_of(campaign.id)
    gifts = whole.gifts if whole else rollup.gifts if rollup else 0
    own_received = rollup.received_rials if rollup else 0
    chosen = language if texts.get(language) and texts[language].title else "fa"
    return CampaignPage(
        **_own_values(campaign, today) | ({"unit_count": whole.unit_count} if whole else {}),
        **_words(texts[chosen], chosen),
        **_hanging(details(campaign, language), language),
        provinces=_provinces(campaign, language),
        counties=_counties(campaign, language),
        organizer=_organizer(campaign, language),
        received_rials=whole.received_rials if whole else own_received,
        gifts=gifts,
        sibling=_sibling(campaign, language),
        wall=_wall(campaign.id, whole, gifts) if with_wall else Wall((), 0),
        today=today,
        blocks=shown_blocks(campaign.id, language) if with_wall else (),
        matching=offers(campaign.id, today),
        partners=_partners(campaign.id, today, language),
        **(_vouched(campaign.id, language) if with_wall else {}),
        is_preview=preview,
        whole=whole,
    )


def _own_values(campaign: Campaign, today: date) -> dict[str, Any]:
    same = (
        "slug short_code topic theme accent motif approved_at starts_on ends_on "
        "unit_price_rials unit_count covers_overhead minimum_rials goal_policy is_sample"
    )
    state, since = state_on(campaign, today)
    return {name: getattr(campaign, name) for name in same.split()} | {
        "state": state.value,
        "state_reason": campaign.state_reason if state == campaign.state else "",
        "state_changed_at": since,
        "topic_label": str(TOPIC_LABELS[Topic(campaign.topic)]),
    }


def _words(text: CampaignText, language: str) -> dict[str, Any]:
    return {
        "text_language": language,
        "title": text.title,
        "lead": text.lead,
        "story": text.story,
        "unit_name": text.unit_name,
        "surplus_rule": text.surplus_rule,
    }


def _hanging(parts: Details, language: str) -> dict[str, Any]:
    english = language == "en"
    return {
        "costs": [CostRow((english and row.label_en) or row.label_fa, row.rials) for row in parts.costs],
        "presets": [
            PresetAmount(row.rials, (english and row.thing_en) or row.thing_fa) for row in parts.presets
        ],
        "intents": [
            Choice(code, str(INTENT_LABELS[Intent(code)])) for code in parts.intents if code in INTENT_LABELS
        ],
        "faq": [Question(row.question, row.answer) for row in parts.faq],
        "updates": [
            News(row.title, row.body, row.language, row.shown_at or row.created_at) for row in parts.updates
        ],
    }


def _texts(campaign_id: int) -> Mapping[str, CampaignText]:
    rows = db.session.scalars(select(CampaignText).where(CampaignText.campaign_id == campaign_id))
    return {row.language: row for row in rows}


def _provinces(campaign: Campaign, language: str) -> list[Choice]:
    rows = sorted(campaign.provinces, key=lambda province: persian_key(province.name_fa))
    return [Choice(row.code, row.name_en if language == "en" else row.name_fa) for row in rows]


def _counties(campaign: Campaign, language: str) -> list[str]:
    rows = sorted(campaign.counties, key=lambda county: persian_key(county.name_fa))
    return [(language == "en" and row.name_en) or row.name_fa for row in rows]


def _organizer(campaign: Campaign, language: str) -> Organizer:
    house = campaign.organization
    return Organizer(
        name=house.name_en if language == "en" else house.name_fa,
        slug=house.slug,
        license_number=house.license_number,
        phone=house.phone,
        contact_name=campaign.contact_name,
        contact_phone=campaign.contact_phone,
    )


def _partners(campaign_id: int, today: date, language: str) -> list[Partner]:
    houses = behind(campaign_id, today)
    return [Partner(house.slug, house.name_en if language == "en" else house.name_fa) for house in houses]


def _vouched(campaign_id: int, language: str) -> dict[str, Any]:
    """How many people approved it, and the papers everybody may read."""
    return {
        "approvals": approvers(campaign_id),
        "documents": [
            Document(row.public_id, (language == "en" and row.subject_en) or row.subject_fa)
            for row in serving(campaign_id)
        ],
    }


def _sibling(campaign: Campaign, language: str) -> Sibling | None:
    sister = sister_of(campaign) if campaign.sibling_id else None
    if sister is None:
        return None
    texts = _texts(sister.id)
    text = texts.get(language)
    title = text.title if text and text.title else texts["fa"].title
    return Sibling(sister.slug, title)


def _wall(campaign_id: int, whole: Whole | None, gifts: int) -> Wall:
    rows: list[WallRow] = wall(campaign_id, WALL_ROWS, whole.province_ids if whole else ())
    return Wall(rows, max(0, gifts - len(rows)))
