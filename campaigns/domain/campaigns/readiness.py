"""What a draft still lacks before it can be sent for review, part by part."""

from enum import StrEnum

from campaigns.base.clock import now
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Data, Part, read
from campaigns.domain.campaigns.states import EDITABLE


class Progress(StrEnum):
    NOT_STARTED = "not_started"
    PARTIAL = "partial"
    COMPLETE = "complete"


def missing(campaign: Campaign, part: Part) -> list[str]:
    """Names of what this part still lacks: mostly empty fields. FAQ and look have nothing that must be filled."""
    data = read(campaign, part)
    needed = _needed(campaign, part, data)
    return [name for name, filled in needed.items() if not filled]


def progress(campaign: Campaign, part: Part) -> Progress:
    needed = _needed(campaign, part, read(campaign, part))
    filled = sum(bool(value) for value in needed.values())
    if filled == len(needed):
        return Progress.COMPLETE
    return Progress.PARTIAL if filled else Progress.NOT_STARTED


def is_ready(campaign: Campaign) -> bool:
    """Whether the campaign may be sent for review."""
    return not any(missing(campaign, part) for part in Part)


def is_past(campaign: Campaign) -> bool:
    """Whether its last day is over."""
    return campaign.ends_on is not None and campaign.ends_on < tehran_day(now())


def _needed(campaign: Campaign, part: Part, data: Data) -> dict[str, object]:
    """English texts are optional: the page falls back to Persian, saying so in its `lang`."""
    if part is Part.BASICS:
        return {
            "title": data["title"]["fa"],
            "lead": data["lead"]["fa"],
            "provinces": data["provinces"],
            "ends_on": data["ends_on"],
        } | ({"ends_on_passed": False} if campaign.state in EDITABLE and is_past(campaign) else {})
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
