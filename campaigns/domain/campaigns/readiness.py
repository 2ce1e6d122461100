"""What a draft still lacks before it can be sent for review, part by part."""

from enum import StrEnum

from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Data, Part, read


class Progress(StrEnum):
    NOT_STARTED = "not_started"
    PARTIAL = "partial"
    COMPLETE = "complete"


def missing(campaign: Campaign, part: Part) -> list[str]:
    """Names of the fields of this part that are still empty. FAQ and look have nothing that must be filled."""
    data = read(campaign, part)
    needed = _needed(part, data)
    return [name for name, filled in needed.items() if not filled]


def progress(campaign: Campaign, part: Part) -> Progress:
    needed = _needed(part, read(campaign, part))
    filled = sum(bool(value) for value in needed.values())
    if filled == len(needed):
        return Progress.COMPLETE
    return Progress.PARTIAL if filled else Progress.NOT_STARTED


def is_ready(campaign: Campaign) -> bool:
    """Whether the campaign may be sent for review."""
    return not any(missing(campaign, part) for part in Part)


def _needed(part: Part, data: Data) -> dict[str, object]:
    """English texts are optional: the page falls back to Persian, saying so in its `lang`."""
    if part is Part.BASICS:
        return {
            "title": data["title"]["fa"],
            "lead": data["lead"]["fa"],
            "provinces": data["provinces"],
            "ends_on": data["ends_on"],
        }
    if part is Part.GOAL:
        return {
            "unit_name": data["unit_name"]["fa"],
            "unit_count": data["unit_count"],
            "costs": data["costs"],
            "presets": data["presets"],
            "intents": data["intents"],
            "surplus_rule": data["surplus_rule"]["fa"],
        }
    if part is Part.STORY:
        return {"story": data["story"]["fa"]}
    return {}
