"""The parts of a campaign an organizer edits, each read and written as one plain dict (JSON values only).

A draft is written at once; for a campaign the public can see, the same dict waits in `CampaignEdit` and is written by
the same function when a moderator approves it. Shapes (money in rials, days ISO, `fa`/`en` texts side by side):

basics  slug title lead provinces counties topic starts_on ends_on contact_name contact_phone
goal    unit_name unit_count costs presets intents minimum_rials covers_overhead goal_policy sibling surplus_rule
story   story
look    theme motif accent
faq     fa en, each a list of {question, answer}
blocks  blocks, a list (`block_kinds`)
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select

from campaigns.base.extensions import db
from campaigns.base.search import doc_key
from campaigns.domain.campaigns.block_store import agreed_for_good, blocks_of, write_blocks
from campaigns.domain.campaigns.models import (
    AllowedIntent,
    Campaign,
    CampaignText,
    Faq,
    OldSlug,
    Preset,
    UnitCost,
)
from campaigns.domain.campaigns.states import State
from campaigns.domain.regions.models import County, Province

Data = dict[str, Any]
TEXT_LANGUAGES = ("fa", "en")


class Part(StrEnum):
    BASICS = "basics"
    GOAL = "goal"
    STORY = "story"
    LOOK = "look"
    FAQ = "faq"
    BLOCKS = "blocks"


def read(campaign: Campaign, part: Part) -> Data:
    """The present values of one part."""
    return _READERS[part](campaign)


def write(campaign: Campaign, part: Part, data: Data) -> None:
    """Writes the values of one part (as its form has checked them). Does not commit."""
    _WRITERS[part](campaign, data)
    db.session.flush()
    _index(campaign)
    for listener in _listeners:
        listener(campaign, part)


def after_write(listener: Callable[[Campaign, Part], object]) -> None:
    """Calls `listener(campaign, part)` in the same transaction whenever a part was written."""
    _listeners.append(listener)


def texts_of(campaign: Campaign) -> dict[str, CampaignText]:
    """The texts of a campaign by language, to be written: every language has a row, made when missing."""
    rows = _texts(campaign)
    db.session.add_all(rows.values())
    return rows


def _texts(campaign: Campaign) -> dict[str, CampaignText]:
    """As they are; where a language has no row yet, an empty one that is in no session: reading writes nothing."""
    kept = db.session.scalars(select(CampaignText).where(CampaignText.campaign_id == campaign.id))
    rows = {row.language: row for row in kept}
    for language in TEXT_LANGUAGES:
        if language not in rows:
            rows[language] = CampaignText(
                campaign_id=campaign.id,
                language=language,
                title="",
                lead="",
                story="",
                unit_name="",
                surplus_rule="",
            )
    return rows


def _pair(campaign: Campaign, field: str) -> dict[str, str]:
    return {language: getattr(text, field) for language, text in _texts(campaign).items()}


def _set_pair(campaign: Campaign, field: str, values: dict[str, str]) -> None:
    for language, text in texts_of(campaign).items():
        setattr(text, field, values.get(language, ""))


def _read_basics(campaign: Campaign) -> Data:
    return {
        "slug": campaign.slug,
        "title": _pair(campaign, "title"),
        "lead": _pair(campaign, "lead"),
        "provinces": sorted(province.code for province in campaign.provinces),
        "counties": sorted(county.id for county in campaign.counties),
        "topic": campaign.topic,
        "starts_on": campaign.starts_on.isoformat() if campaign.starts_on else None,
        "ends_on": campaign.ends_on.isoformat() if campaign.ends_on else None,
        "contact_name": campaign.contact_name,
        "contact_phone": campaign.contact_phone,
    }


def _write_basics(campaign: Campaign, data: Data) -> None:
    _rename(campaign, data["slug"])
    for field in ("title", "lead"):
        _set_pair(campaign, field, data[field])
    campaign.provinces = list(
        db.session.scalars(select(Province).where(Province.code.in_(data["provinces"])))
    )
    campaign.counties = list(db.session.scalars(select(County).where(County.id.in_(data["counties"]))))
    campaign.topic = data["topic"]
    for field in ("starts_on", "ends_on"):
        setattr(campaign, field, date.fromisoformat(data[field]) if data[field] else None)
    campaign.contact_name, campaign.contact_phone = data["contact_name"], data["contact_phone"]


def _rename(campaign: Campaign, slug: str) -> None:
    """A new address; the old one goes on as a redirect."""
    if slug == campaign.slug:
        return
    db.session.execute(delete(OldSlug).where(OldSlug.slug == slug, OldSlug.campaign_id == campaign.id))
    db.session.merge(OldSlug(slug=campaign.slug, campaign_id=campaign.id))
    campaign.slug = slug


def _read_goal(campaign: Campaign) -> Data:
    return {
        "unit_name": _pair(campaign, "unit_name"),
        "unit_count": campaign.unit_count,
        "costs": [
            {"fa": row.label_fa, "en": row.label_en, "rials": row.rials} for row in _rows(UnitCost, campaign)
        ],
        "presets": [
            {"fa": row.thing_fa, "en": row.thing_en, "rials": row.rials} for row in _rows(Preset, campaign)
        ],
        "intents": [row.intent for row in _rows(AllowedIntent, campaign)],
        "minimum_rials": campaign.minimum_rials,
        "covers_overhead": campaign.covers_overhead,
        "goal_policy": campaign.goal_policy,
        "sibling": campaign.sibling.slug if campaign.sibling else None,
        "surplus_rule": _pair(campaign, "surplus_rule"),
    }


def _write_goal(campaign: Campaign, data: Data) -> None:
    for field in ("unit_name", "surplus_rule"):
        _set_pair(campaign, field, data[field])
    campaign.unit_price_rials = sum(cost["rials"] for cost in data["costs"])
    for field in ("unit_count", "minimum_rials", "covers_overhead", "goal_policy"):
        setattr(campaign, field, data[field])
    campaign.sibling = db.session.scalar(select(Campaign).where(Campaign.slug == data["sibling"]))
    for model in (UnitCost, Preset, AllowedIntent):
        db.session.execute(delete(model).where(model.campaign_id == campaign.id))
    for place, row in enumerate(data["costs"]):
        db.session.add(
            UnitCost(
                campaign_id=campaign.id,
                position=place,
                label_fa=row["fa"],
                label_en=row["en"],
                rials=row["rials"],
            )
        )
    for place, row in enumerate(data["presets"]):
        db.session.add(
            Preset(
                campaign_id=campaign.id,
                position=place,
                thing_fa=row["fa"],
                thing_en=row["en"],
                rials=row["rials"],
            )
        )
    for place, intent in enumerate(data["intents"]):
        db.session.add(AllowedIntent(campaign_id=campaign.id, intent=intent, position=place))


def _read_story(campaign: Campaign) -> Data:
    return {"story": _pair(campaign, "story")}


def _write_story(campaign: Campaign, data: Data) -> None:
    _set_pair(campaign, "story", data["story"])


def _read_look(campaign: Campaign) -> Data:
    return {"theme": campaign.theme, "motif": campaign.motif, "accent": campaign.accent}


def _write_look(campaign: Campaign, data: Data) -> None:
    campaign.theme, campaign.motif = data["theme"], data["motif"]
    campaign.accent = data.get("accent", "")  # older versions know of none


def _read_faq(campaign: Campaign) -> Data:
    rows = _rows(Faq, campaign)
    return {
        language: [
            {"question": row.question, "answer": row.answer} for row in rows if row.language == language
        ]
        for language in TEXT_LANGUAGES
    }


def _write_faq(campaign: Campaign, data: Data) -> None:
    db.session.execute(delete(Faq).where(Faq.campaign_id == campaign.id))
    for language in TEXT_LANGUAGES:
        for place, row in enumerate(data.get(language, [])):
            db.session.add(Faq(campaign_id=campaign.id, language=language, position=place, **row))


def _read_blocks(campaign: Campaign) -> Data:
    return {"blocks": blocks_of(campaign.id)}


def _write_blocks(campaign: Campaign, data: Data) -> None:
    is_over = campaign.state in {State.ENDED, State.CANCELLED}
    write_blocks(campaign.id, agreed_for_good(data["blocks"]) if is_over else data["blocks"])


def _rows(model: Any, campaign: Campaign) -> list[Any]:
    return list(
        db.session.scalars(select(model).where(model.campaign_id == campaign.id).order_by(model.position))
    )


def _index(campaign: Campaign) -> None:
    """The folded words a visitor may search by, in every language."""
    words = [part for text in _texts(campaign).values() for part in (text.title, text.lead, text.unit_name)]
    words += [province.name_fa for province in campaign.provinces]
    words += [province.name_en for province in campaign.provinces]
    words += [county.name_fa for county in campaign.counties]
    campaign.search_key = doc_key(" ".join(words))


_listeners: list[Callable[[Campaign, Part], object]] = []
_READERS: dict[Part, Callable[[Campaign], Data]] = {
    Part.BASICS: _read_basics,
    Part.GOAL: _read_goal,
    Part.STORY: _read_story,
    Part.LOOK: _read_look,
    Part.FAQ: _read_faq,
    Part.BLOCKS: _read_blocks,
}
_WRITERS: dict[Part, Callable[[Campaign, Data], None]] = {
    Part.BASICS: _write_basics,
    Part.GOAL: _write_goal,
    Part.STORY: _write_story,
    Part.LOOK: _write_look,
    Part.FAQ: _write_faq,
    Part.BLOCKS: _write_blocks,
}
