"""Words of the desk."""

from flask_babel import lazy_gettext as _l

from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.readiness import Progress
from campaigns.domain.campaigns.states import State

STATE_LABELS = {
    State.DRAFT: _l("Draft"),
    State.SUBMITTED: _l("Under review"),
    State.NEEDS_WORK: _l("Changes asked for"),
    State.APPROVED: _l("Approved, starts soon"),
    State.LIVE: _l("Open"),
    State.PAUSED: _l("Paused"),
    State.FROZEN: _l("Giving is frozen"),
    State.ENDED: _l("Ended"),
    State.CANCELLED: _l("Cancelled"),
}
STATE_SHAPES = {
    State.DRAFT: "○",
    State.SUBMITTED: "◔",
    State.NEEDS_WORK: "◑",
    State.APPROVED: "◕",
    State.LIVE: "●",
    State.PAUSED: "◐",
    State.FROZEN: "❄",
    State.ENDED: "■",
    State.CANCELLED: "✕",
}
PART_LABELS = {
    Part.BASICS: _l("Basics"),
    Part.GOAL: _l("Goal and amounts"),
    Part.STORY: _l("Story"),
    Part.LOOK: _l("Look"),
    Part.FAQ: _l("Questions and answers"),
    Part.BLOCKS: _l("Blocks and pictures"),
}
PROGRESS_LABELS = {
    Progress.COMPLETE: _l("complete"),
    Progress.PARTIAL: _l("partly done"),
    Progress.NOT_STARTED: _l("not started"),
}
PROGRESS_SHAPES = {Progress.COMPLETE: "✓", Progress.PARTIAL: "◐", Progress.NOT_STARTED: "○"}
MISSING_LABELS = {
    "title": _l("Write a title"),
    "lead": _l("Write a lead of two or three sentences"),
    "provinces": _l("Choose at least one province"),
    "ends_on": _l("Say until which day gifts are taken"),
    "ends_on_passed": _l("Choose a last day that has not passed yet"),
    "unit_name": _l("Name the unit, such as dowry or wheelchair"),
    "unit_count": _l("Say how many units are needed"),
    "costs": _l("List what one unit costs"),
    "presets": _l("Suggest at least one amount"),
    "intents": _l("Choose which intents gifts may carry"),
    "surplus_rule": _l("Say what happens to a surplus"),
    "story": _l("Write the story"),
}
