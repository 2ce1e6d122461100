"""What hangs on one campaign, in every table its page is made of: one statement, whatever there is.

Rarer things of which a page tells more (needs, roles, blocks, its national campaign) are only said to be there.
"""

from functools import partial
from typing import Any

from sqlalchemy import Date, Integer, Select, bindparam, exists, func, select

from campaigns.base.clock import now
from campaigns.base.jalali import tehran_day
from campaigns.base.together import Parts, Row, Together
from campaigns.domain.accounts.models import Organization
from campaigns.domain.campaigns.block_models import CampaignBlocks
from campaigns.domain.campaigns.clones import Clone
from campaigns.domain.campaigns.history import CampaignUpdate
from campaigns.domain.campaigns.models import (
    AllowedIntent,
    Campaign,
    CampaignText,
    Faq,
    Preset,
    UnitCost,
    campaign_county,
    campaign_province,
)
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.contributions.queries import wall_query
from campaigns.domain.deliveries.grants import grants_query
from campaigns.domain.deliveries.models import Delivery
from campaigns.domain.deliveries.queries import delivered_query
from campaigns.domain.families.sums import shares_query
from campaigns.domain.goods.need_models import NeedLine
from campaigns.domain.insights.five_numbers import promised_query, spent_query
from campaigns.domain.ledger.models import CampaignRollup, LedgerAccount
from campaigns.domain.matching.queries import offers_query
from campaigns.domain.moderation.queries import approvals_query
from campaigns.domain.partners.queries import behind_query, serving_query
from campaigns.domain.regions.models import County, Province
from campaigns.domain.volunteers.hour_models import HourEntry
from campaigns.domain.volunteers.shift_models import VolunteerRole

WALL_ROWS = 12
UPDATES = 10
HAS = ("blocks", "needs", "roles", "parent")
CampaignRows = dict[str, list[Row]]


def campaign_rows(campaign_id: int) -> CampaignRows:
    """By part, in no order: the first columns of a part say what it is sorted by."""
    return _all(campaign=campaign_id, today=tehran_day(now()))


def is_there(rows: CampaignRows, name: str) -> bool:
    """Whether the campaign has one of `HAS`."""
    return bool(rows["has"][0][HAS.index(name)])


def sums_of(rows: CampaignRows) -> tuple[int, int, int]:
    """Promised, spent and delivered by this campaign alone, in rials."""
    promised, spent, delivered = (
        sum(rials or 0 for _campaign, rials in rows[name]) for name in ("promised", "spent", "delivered")
    )
    return promised, spent, delivered


def _parts() -> Parts:
    campaign = bindparam("campaign", type_=Integer())
    today = bindparam("today", type_=Date())
    return {
        **_words(campaign),
        **_places(campaign),
        **_sums(campaign),
        "wall": wall_query(Contribution.campaign_id == campaign, WALL_ROWS),
        "offers": offers_query(campaign, today),
        "partners": behind_query(campaign, today),
        "documents": serving_query(campaign),
        "approvals": approvals_query(campaign),
        "grants": grants_query(campaign),
        "has": _has(campaign),
    }


def _words(campaign: Any) -> Parts:
    of = partial(_of, campaign)
    text, news = CampaignText, CampaignUpdate
    shown = select(news.shown_at, news.created_at, news.title, news.body, news.language)
    shown = shown.where(news.campaign_id == campaign, news.state == "shown")
    return {
        "texts": of(
            text, text.language, text.title, text.lead, text.story, text.unit_name, text.surplus_rule
        ),
        "faq": of(Faq, Faq.position, Faq.language, Faq.question, Faq.answer),
        "costs": of(UnitCost, UnitCost.position, UnitCost.label_fa, UnitCost.label_en, UnitCost.rials),
        "presets": of(Preset, Preset.position, Preset.thing_fa, Preset.thing_en, Preset.rials),
        "intents": of(AllowedIntent, AllowedIntent.position, AllowedIntent.intent),
        "updates": shown.order_by(news.shown_at.desc()).limit(UPDATES),
    }


def _places(campaign: Any) -> Parts:
    house = Organization
    provinces = select(Province.code, Province.name_fa, Province.name_en).join(campaign_province)
    counties = select(County.id, County.name_fa, County.name_en).join(campaign_county)
    houses = select(house.slug, house.name_fa, house.name_en, house.license_number, house.phone)
    return {
        "provinces": provinces.where(campaign_province.c.campaign_id == campaign),
        "counties": counties.where(campaign_county.c.campaign_id == campaign),
        "house": houses.join(Campaign, Campaign.organization_id == house.id).where(Campaign.id == campaign),
    }


def _sums(campaign: Any) -> Parts:
    return {
        "rollup": _of(campaign, CampaignRollup, CampaignRollup.received_rials, CampaignRollup.gifts),
        "shares": shares_query(Clone.parent_id == campaign),
        "promised": promised_query(Contribution.campaign_id == campaign),
        "spent": spent_query(LedgerAccount.campaign_id == campaign),
        "delivered": delivered_query(Delivery.campaign_id == campaign),
        "minutes": _of(campaign, HourEntry, func.sum(HourEntry.minutes)),
    }


def _has(campaign: Any) -> Select[*tuple[Any, ...]]:
    """One row: whether it has each of `HAS`."""
    tables: tuple[Any, ...] = (CampaignBlocks, NeedLine, VolunteerRole, Clone)
    return select(
        *(
            exists().where(table.campaign_id == campaign).label(name)
            for name, table in zip(HAS, tables, strict=True)
        )
    )


def _of(campaign: Any, model: Any, *columns: Any) -> Select[*tuple[Any, ...]]:
    return select(*columns).where(model.campaign_id == campaign)


_all = Together(_parts)
