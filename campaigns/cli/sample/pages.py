"""A sample campaign as the five parts an organizer would fill in."""

from typing import Any

from campaigns.cli.sample.data import SampleCampaign, Words, shared_faq
from campaigns.cli.sample.timeline import Calendar
from campaigns.domain.campaigns.parts import Part

SMALLEST_RIALS = 200_000


def parts_of(
    sample: SampleCampaign, calendar: Calendar, county_ids: list[int], phone: str
) -> dict[Part, dict[str, Any]]:
    """Every part in the shape `campaigns.domain.campaigns.parts` describes."""
    return {
        Part.BASICS: _basics(sample, calendar, county_ids, phone),
        Part.GOAL: _goal(sample),
        Part.STORY: {"story": {code: words.story.strip() for code, words in sample.words().items()}},
        Part.LOOK: {"theme": sample.theme, "motif": sample.motif},
        Part.FAQ: {code: faq(sample, code, words) for code, words in sample.words().items()},
    }


def faq(sample: SampleCampaign, language: str, words: Words) -> list[dict[str, str]]:
    """The campaign's own questions, then the one it shares with others."""
    return [*words.faq, shared_faq()[sample.shared_faq][language]]


def _basics(sample: SampleCampaign, calendar: Calendar, county_ids: list[int], phone: str) -> dict[str, Any]:
    return {
        "slug": sample.slug,
        "title": {code: words.title for code, words in sample.words().items()},
        "lead": {code: words.lead for code, words in sample.words().items()},
        "provinces": sorted(sample.provinces),
        "counties": sorted(county_ids),
        "topic": sample.topic,
        "starts_on": calendar.iso(sample.journey.starts),
        "ends_on": calendar.iso(sample.journey.ends),
        "contact_name": sample.contact_name,
        "contact_phone": phone,
    }


def _goal(sample: SampleCampaign) -> dict[str, Any]:
    return {
        "unit_name": {code: words.unit_name for code, words in sample.words().items()},
        "unit_count": sample.unit_count,
        "costs": sample.costs,
        "presets": sample.presets,
        "intents": sample.intents,
        "minimum_rials": SMALLEST_RIALS,
        "covers_overhead": sample.covers_overhead,
        "goal_policy": sample.goal_policy,
        "sibling": sample.sibling,
        "surplus_rule": {code: words.surplus_rule for code, words in sample.words().items()},
    }
