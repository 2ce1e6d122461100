"""An edit as a list of changed fields, each with its word diff, in the words of people rather than of the table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from campaigns.base.jalali import said
from campaigns.base.money import toman
from campaigns.base.text import hidden_characters
from campaigns.base.worddiff import Piece, word_diff
from campaigns.domain.campaigns.topics import GOAL_POLICY_LABELS, TOPIC_LABELS
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.regions.queries import counties_by_id, provinces
from campaigns.themes import MOTIFS, THEMES
from campaigns.web.locale import language
from campaigns.web.review.labels import FIELD_LABELS


@dataclass(frozen=True)
class Change:
    """One field that differs. `hidden` names characters of the new text that nobody can see."""

    label: str
    pieces: list[Piece]
    hidden: list[str]


def changes(base: Mapping[str, Any], data: Mapping[str, Any]) -> list[Change]:
    """The fields in which two versions of a part differ; texts of both languages apart."""
    found = []
    for name in data:
        for suffix, old, new in _sides(base.get(name), data[name]):
            if old != new:
                label = str(FIELD_LABELS.get(name, name)) + suffix
                was, now = readable(name, old), readable(name, new)
                found.append(Change(label, word_diff(was, now), hidden_characters(now)))
    return found


def readable(name: str, value: Any) -> str:
    """A value of a part as a moderator reads it."""
    words = {"topic": TOPIC_LABELS, "goal_policy": GOAL_POLICY_LABELS, "theme": THEMES, "motif": MOTIFS}
    if value is None or value == "":
        return ""
    if name in words:
        found = words[name].get(value, value)
        return str(getattr(found, "label", found))
    if name == "provinces":
        return "، ".join(place.name_fa for place in provinces() if place.code in value)
    if name == "counties":
        return "، ".join(county.name_fa for county in counties_by_id(value))
    if name == "intents":
        return "، ".join(str(INTENT_LABELS.get(code, code)) for code in value)
    if name in {"starts_on", "ends_on"}:
        return said(date.fromisoformat(value), language().code)
    return _other(name, value)


def _other(name: str, value: Any) -> str:
    if name == "minimum_rials":
        return toman(value, language().code)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in {"costs", "presets"}:
        return "\n".join(f"{row['fa']} — {toman(row['rials'], language().code)}" for row in value)
    if isinstance(value, list):
        return "\n\n".join(f"{row['question']}\n{row['answer']}" for row in value)
    return str(value)


def _sides(old: Any, new: Any) -> list[tuple[str, Any, Any]]:
    if isinstance(new, dict):
        before = old if isinstance(old, dict) else {}
        return [(f" ({code})", before.get(code, ""), new[code]) for code in new]
    return [("", old, new)]
