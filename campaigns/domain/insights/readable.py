"""The parts of a campaign in the words of people: for the author to check, for a moderator to compare."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.base.digits import grouped, in_script
from campaigns.base.jalali import said
from campaigns.base.money import toman
from campaigns.base.phone import shown
from campaigns.base.text import hidden_characters
from campaigns.base.worddiff import Piece, word_diff
from campaigns.domain.campaigns.queries import by_slug
from campaigns.domain.campaigns.topics import GOAL_POLICY_LABELS, TOPIC_LABELS
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.insights.readable_blocks import block_changes, block_words
from campaigns.domain.regions.models import County, Province
from campaigns.domain.regions.queries import counties_by_id, provinces

FIELD_LABELS = {
    "slug": _l("Address"),
    "title": _l("Title"),
    "lead": _l("Lead"),
    "provinces": _l("Provinces"),
    "counties": _l("Counties"),
    "topic": _l("Topic"),
    "starts_on": _l("First day"),
    "ends_on": _l("Last day"),
    "contact_name": _l("Contact person"),
    "contact_phone": _l("Contact phone"),
    "unit_name": _l("Unit"),
    "unit_count": _l("How many"),
    "costs": _l("What one unit costs"),
    "presets": _l("Suggested amounts"),
    "intents": _l("Intents"),
    "minimum_rials": _l("Smallest gift"),
    "covers_overhead": _l("Running costs paid by the organization"),
    "goal_policy": _l("When the goal is reached"),
    "sibling": _l("Sister campaign"),
    "surplus_rule": _l("What happens to a surplus"),
    "story": _l("Story"),
    "theme": _l("Theme"),
    "motif": _l("Motif"),
    "accent": _l("Own colour"),
    "fa": _l("Questions in Persian"),
    "en": _l("Questions in English"),
    "blocks": _l("Blocks"),
    "heading": _l("Heading"),
    "text": _l("Text"),
    "words": _l("Words"),
    "role": _l("Who says it"),
    "intro": _l("Words before it"),
    "alt": _l("What the picture shows"),
    "caption": _l("Caption"),
    "body": _l("What happened"),
    "message": _l("Message to all"),
    "name": _l("Name to show"),
}


Looks = Mapping[str, Mapping[str, Any]]
NO_LOOKS: Looks = {}
LANGUAGE_LABELS = {"fa": _l("in Persian"), "en": _l("in English")}


@dataclass(frozen=True)
class Change:
    """One field that differs. `hidden` names characters of the new text that nobody can see. `code`: its language."""

    label: str
    pieces: list[Piece]
    hidden: list[str]
    code: str = ""


@dataclass(frozen=True)
class TakenOut:
    """Characters nobody could see that were typed into a field and not kept. `names`: Unicode name, how often."""

    label: str
    count: int
    names: list[tuple[str, int]]


def changes(
    base: Mapping[str, Any], data: Mapping[str, Any], language: str, looks: Looks = NO_LOOKS
) -> list[Change]:
    """The fields in which two versions of a part differ; texts of both languages apart."""
    found = []
    for name in data:
        if name == "blocks":
            found += [
                Change(label, word_diff(was, now), hidden_characters(now))
                for label, was, now in block_changes(base.get(name) or [], data[name], language)
            ]
            continue
        for code, old, new in _sides(base.get(name), data[name]):
            if old != new:
                label = _label_of(name, code)
                was, now = readable(name, old, language, looks), readable(name, new, language, looks)
                found.append(Change(label, word_diff(was, now), hidden_characters(now), code))
    return found


def taken_out(marks: Mapping[str, Any] | None) -> list[TakenOut]:
    """`hidden_marks` of a thing, field by field (`title_fa` is the title in Persian)."""
    return [
        TakenOut(_label(field), sum(names.values()), list(names.items()))
        for field, names in (marks or {}).items()
    ]


def answers(data: Mapping[str, Any], language: str, looks: Looks = NO_LOOKS) -> list[tuple[str, str]]:
    """Every field of a part with its present value; empty values are empty strings."""
    return [
        (_label_of(name, code), readable(name, value, language, looks))
        for name in data
        for code, _old, value in _sides(None, data[name])
    ]


def readable(name: str, value: Any, language: str, looks: Looks = NO_LOOKS) -> str:
    """A value of a part as a moderator reads it. `looks`: what has a label above this room, by field and value."""
    known: dict[str, Any] = {"topic": TOPIC_LABELS, "goal_policy": GOAL_POLICY_LABELS, **looks}
    if value is None or value == "":
        return ""
    if name in known:
        found = known[name].get(value, value)
        return str(getattr(found, "label", found))
    if name == "provinces":
        named = [_named(place, language) for place in provinces(language) if place.code in value]
        return str(_(", ")).join(named)
    if name == "counties":
        return str(_(", ")).join(_named(county, language) for county in counties_by_id(value))
    if name == "intents":
        return str(_(", ")).join(str(INTENT_LABELS.get(code, code)) for code in value)
    if name == "contact_phone":
        return shown(value, language)
    if name == "sibling":
        return _title_of(value, language)
    if name in {"starts_on", "ends_on"}:
        return said(date.fromisoformat(value), language)
    return _other(name, value, language)


def _other(name: str, value: Any, language: str) -> str:
    if name == "minimum_rials":
        return toman(value, language)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if name == "unit_count":
        return grouped(value, language)
    if name == "contact_phone":
        return in_script(value, language)
    if name in {"costs", "presets"}:
        return "\n".join(f"{row['fa']}: {toman(row['rials'], language)}" for row in value)
    if name == "blocks":
        return "\n\n".join(block_words(block, language) for block in value)
    if isinstance(value, list):
        return "\n\n".join(f"{row['question']}\n{row['answer']}" for row in value)
    return str(value)


def _label(field: str) -> str:
    name, _between, code = field.rpartition("_")
    if field in FIELD_LABELS or code not in LANGUAGE_LABELS:
        return str(FIELD_LABELS.get(field, field))
    return f"{FIELD_LABELS.get(name, name)} ({LANGUAGE_LABELS[code]})"


def _named(place: Province | County, language: str) -> str:
    return (language == "en" and place.name_en) or place.name_fa


def _title_of(slug: str, language: str) -> str:
    campaign = by_slug(slug)
    return cards_of([campaign.id], language)[campaign.id].title if campaign else slug


def _label_of(name: str, code: str) -> str:
    suffix = f" ({LANGUAGE_LABELS[code]})" if code else ""
    return f"{FIELD_LABELS.get(name, name)}{suffix}"


def _sides(old: Any, new: Any) -> list[tuple[str, Any, Any]]:
    """(language, old, new) of a text in each language; without one what is no text."""
    if isinstance(new, dict):
        before = old if isinstance(old, dict) else {}
        return [(code, before.get(code, ""), new[code]) for code in LANGUAGE_LABELS if code in new]
    return [("", old, new)]
