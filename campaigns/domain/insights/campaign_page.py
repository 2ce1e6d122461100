"""Puts the page of one campaign together from what the rooms know of its parts. A fixed number of queries."""

from datetime import date
from operator import itemgetter
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
    MatchOffer,
    News,
    Organizer,
    Partner,
    PresetAmount,
    Question,
    Sibling,
    Wall,
)
from campaigns.domain.campaigns.queries import sister_of
from campaigns.domain.campaigns.topics import TOPIC_LABELS, Topic
from campaigns.domain.campaigns.whole import Whole
from campaigns.domain.contributions.intents import INTENT_LABELS, Intent
from campaigns.domain.contributions.queries import as_seen, wall
from campaigns.domain.families.sums import whole_from
from campaigns.domain.insights.campaign_rows import WALL_ROWS, CampaignRows, campaign_rows, is_there
from campaigns.domain.moderation.queries import approvers

_NOTHING = ((0, 0),)


def campaign_page(
    campaign: Campaign,
    language: str,
    *,
    preview: bool = False,
    with_wall: bool = True,
    rows: CampaignRows | None = None,
) -> CampaignPage:
    """Everything the page of `campaign` shows in `language`, as the public may see it.

    The pages of giving leave the wall and the blocks out, and who vouches for the campaign: they do not show it.
    `rows`: what hangs on it, where the caller has it.
    """
    rows, today = rows or campaign_rows(campaign.id), tehran_day(now())
    whole = whole_from(rows["shares"])
    own_received, own_gifts = (rows["rollup"] or _NOTHING)[0]
    gifts = whole.gifts if whole else own_gifts
    return CampaignPage(
        **_own_values(campaign, today) | ({"unit_count": whole.unit_count} if whole else {}),
        **_words(rows, language),
        **_hanging(rows, language),
        provinces=[Choice(code, _in(language, fa, en)) for code, fa, en in _by_name(rows["provinces"])],
        counties=[_in(language, fa, en) for _key, fa, en in _by_name(rows["counties"])],
        organizer=_organizer(campaign, rows, language),
        received_rials=whole.received_rials if whole else own_received,
        gifts=gifts,
        sibling=_sibling(campaign, language),
        wall=_wall(campaign.id, rows, whole, gifts) if with_wall else Wall((), 0),
        today=today,
        blocks=shown_blocks(campaign.id, language) if with_wall and is_there(rows, "blocks") else (),
        matching=[MatchOffer(*row[2:]) for row in sorted(rows["offers"], key=itemgetter(0, 1))],
        partners=[Partner(slug, _in(language, fa, en)) for _key, slug, fa, en in sorted(rows["partners"])],
        **(_vouched(rows, language) if with_wall else {}),
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


def _words(rows: CampaignRows, language: str) -> dict[str, Any]:
    texts = {row[0]: row for row in rows["texts"]}
    own = texts.get(language)
    names = ("text_language", "title", "lead", "story", "unit_name", "surplus_rule")
    return dict(zip(names, own if own and own[1] else texts["fa"], strict=True))


def _hanging(rows: CampaignRows, language: str) -> dict[str, Any]:
    faq = sorted(rows["faq"], key=itemgetter(0))
    asked = [row for row in faq if row[1] == language] or [row for row in faq if row[1] == "fa"]
    intents = [code for _position, code in sorted(rows["intents"])]
    news = sorted(rows["updates"], key=lambda row: row[0] or row[1], reverse=True)
    return {
        "costs": [
            CostRow(_in(language, fa, en), rials)
            for _position, fa, en, rials in sorted(rows["costs"], key=itemgetter(0))
        ],
        "presets": [
            PresetAmount(rials, _in(language, fa, en))
            for _position, fa, en, rials in sorted(rows["presets"], key=itemgetter(0))
        ],
        "intents": [
            Choice(code, str(INTENT_LABELS[Intent(code)])) for code in intents if code in INTENT_LABELS
        ],
        "faq": [Question(question, answer) for _position, _language, question, answer in asked],
        "updates": [News(title, body, said, shown or made) for shown, made, title, body, said in news],
    }


def _by_name(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Places: their key, their Persian and their English name."""
    return sorted(rows, key=lambda row: persian_key(row[1]))


def _in(language: str, persian: str, english: str) -> str:
    return (language == "en" and english) or persian


def _organizer(campaign: Campaign, rows: CampaignRows, language: str) -> Organizer:
    slug, name_fa, name_en, license_number, phone = rows["house"][0]
    return Organizer(
        name=name_en if language == "en" else name_fa,
        slug=slug,
        license_number=license_number,
        phone=phone,
        contact_name=campaign.contact_name,
        contact_phone=campaign.contact_phone,
    )


def _vouched(rows: CampaignRows, language: str) -> dict[str, Any]:
    """How many people approved it, and the papers everybody may read, the newest first."""
    papers = sorted(rows["documents"], reverse=True)
    return {
        "approvals": approvers((number, actor) for number, actor in rows["approvals"]),
        "documents": [Document(name, _in(language, fa, en)) for _key, name, fa, en in papers],
    }


def _sibling(campaign: Campaign, language: str) -> Sibling | None:
    sister = sister_of(campaign) if campaign.sibling_id else None
    if sister is None:
        return None
    named = select(CampaignText.language, CampaignText.title).where(CampaignText.campaign_id == sister.id)
    titles = {row[0]: row[1] for row in db.session.execute(named)}
    return Sibling(sister.slug, titles.get(language) or titles["fa"])


def _wall(campaign_id: int, rows: CampaignRows, whole: Whole | None, gifts: int) -> Wall:
    if whole:
        seen = wall(campaign_id, WALL_ROWS, whole.province_ids)
    else:
        newest = sorted(rows["wall"], key=lambda row: row[0], reverse=True)
        seen = [as_seen(*row) for row in newest]
    return Wall(seen, max(0, gifts - len(seen)))
