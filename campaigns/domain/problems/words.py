"""Words for problems, their kinds and how they stand."""

from flask_babel import lazy_gettext as _l

from campaigns.domain.problems.states import Kind, Move, State

KIND_LABELS = {
    Kind.FALSE: _l("Something it says is not true"),
    Kind.MONEY: _l("The money or the goods are used for something else"),
    Kind.PRIVACY: _l("It shows somebody who did not agree, or agrees no longer"),
    Kind.CONDUCT: _l("Somebody of the campaign behaved badly"),
    Kind.PRESSURE: _l("It puts people under pressure, or copies another campaign"),
    Kind.OTHER: _l("Something else"),
}
STATE_LABELS = {
    State.WAITING: _l("A moderator looks into it"),
    State.ASKED: _l("We have a question for you"),
    State.UPHELD: _l("You were right"),
    State.DISMISSED: _l("Closed: we found nothing wrong"),
}
STATE_SHAPES = {State.WAITING: "◔", State.ASKED: "◑", State.UPHELD: "✓", State.DISMISSED: "■"}
STEP_LABELS = {
    Move.ASK: _l("We asked"),
    Move.ANSWER: _l("The reporter answered"),
    Move.UPHOLD: _l("Closed: it was right"),
    Move.DISMISS: _l("Closed: nothing wrong was found"),
    Move.APPEAL: _l("The reporter asked another person to look again"),
    Move.REOPEN: _l("The decision was taken back"),
}
