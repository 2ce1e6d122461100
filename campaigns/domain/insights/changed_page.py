"""The page of a campaign as it would be if everything that waits were agreed to: for previews, never for the public.

The values of each part are those the editor opens with; whatever is not edited there is as the public sees it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.base.sorting import persian_key
from campaigns.domain.campaigns.actions import as_edited, edits_of
from campaigns.domain.campaigns.block_page import drawn
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.page import CampaignPage, Choice, CostRow, PresetAmount, Question, Sibling
from campaigns.domain.campaigns.parts import Data, Part
from campaigns.domain.campaigns.queries import by_slug
from campaigns.domain.campaigns.topics import TOPIC_LABELS, Topic
from campaigns.domain.contributions.intents import INTENT_LABELS, Intent
from campaigns.domain.insights.campaign_page import campaign_page
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.regions.models import County, Province

Said = Mapping[Part, Data]


def changed_parts(campaign: Campaign) -> list[Part]:
    """The parts with a change that waits for a moderator or was sent back, each once, in the editor's order."""
    found = {edit.part for edit in edits_of(campaign, states=("waiting", "returned"))}
    return [part for part in Part if part.value in found]


def changed_page(campaign: Campaign, language: str) -> CampaignPage:
    page = campaign_page(campaign, language, preview=True)
    said = {part: as_edited(campaign, part) for part in Part}
    values = _words(said, language) | _basics(said[Part.BASICS], language) | _goal(said[Part.GOAL], language)
    if page.whole is not None:  # its numbers are those of its provinces
        del values["unit_count"]
    look = {name: said[Part.LOOK].get(name, "") for name in ("theme", "motif", "accent")}
    faq = said[Part.FAQ].get(language) or said[Part.FAQ].get("fa", [])
    return replace(
        page,
        **values,
        **look,
        faq=[Question(row["question"], row["answer"]) for row in faq],
        blocks=drawn(said[Part.BLOCKS]["blocks"], language),
    )


def _words(said: Said, language: str) -> dict[str, Any]:
    basics, goal = said[Part.BASICS], said[Part.GOAL]
    chosen = language if basics["title"].get(language) else "fa"
    texts = (basics, "title"), (basics, "lead"), (said[Part.STORY], "story")
    more = (goal, "unit_name"), (goal, "surplus_rule")
    return {"text_language": chosen} | {name: data[name].get(chosen, "") for data, name in (*texts, *more)}


def _basics(data: Data, language: str) -> dict[str, Any]:
    english = language == "en"
    provinces = db.session.scalars(select(Province).where(Province.code.in_(data["provinces"]))).all()
    counties = db.session.scalars(select(County).where(County.id.in_(data["counties"]))).all()
    return {
        "topic": data["topic"],
        "topic_label": str(TOPIC_LABELS[Topic(data["topic"])]),
        "provinces": [
            Choice(row.code, row.name_en if english else row.name_fa)
            for row in sorted(provinces, key=lambda row: persian_key(row.name_fa))
        ],
        "counties": [
            (english and row.name_en) or row.name_fa
            for row in sorted(counties, key=lambda row: persian_key(row.name_fa))
        ],
        **{name: _day(data[name]) for name in ("starts_on", "ends_on")},
    }


def _goal(data: Data, language: str) -> dict[str, Any]:
    other = "en" if language == "en" else "fa"
    same = ("unit_count", "minimum_rials", "covers_overhead", "goal_policy")
    return {name: data[name] for name in same} | {
        "unit_price_rials": sum(cost["rials"] for cost in data["costs"]),
        "costs": [CostRow(row[other] or row["fa"], row["rials"]) for row in data["costs"]],
        "presets": [PresetAmount(row["rials"], row[other] or row["fa"]) for row in data["presets"]],
        "intents": [
            Choice(code, str(INTENT_LABELS[Intent(code)]))
            for code in data["intents"]
            if code in INTENT_LABELS
        ],
        "sibling": _sibling(data["sibling"], language),
    }


def _sibling(slug: str | None, language: str) -> Sibling | None:
    sister = by_slug(slug) if slug else None
    return Sibling(sister.slug, cards_of([sister.id], language)[sister.id].title) if sister else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
