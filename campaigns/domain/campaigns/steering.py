"""The moves people steer an approved campaign with, and their words."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import TABLE, Move, State

MOVE_LABELS = {
    Move.PAUSE: _l("Pause"),
    Move.RESUME: _l("Resume"),
    Move.END: _l("End"),
    Move.CANCEL: _l("Cancel the campaign"),
}


def possible_moves(campaign: Campaign) -> list[tuple[Move, LazyString]]:
    """The moves the state table allows now, with their words."""
    state = State(campaign.state)
    return [(step, label) for step, label in MOVE_LABELS.items() if (state, step) in TABLE]
