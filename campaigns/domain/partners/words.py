"""What kinds of organizations stand behind us, what memoranda are about, and the words for both."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from campaigns.domain.partners.states import State


class Kind(StrEnum):
    CHARITY = "charity"
    PUBLIC = "public"
    UNIVERSITY = "university"
    GUILD = "guild"
    COMPANY = "company"
    COOPERATIVE = "cooperative"


KIND_LABELS = {
    Kind.CHARITY: _l("Charity"),
    Kind.PUBLIC: _l("Public body"),
    Kind.UNIVERSITY: _l("University"),
    Kind.GUILD: _l("Professional association"),
    Kind.COMPANY: _l("Company"),
    Kind.COOPERATIVE: _l("Cooperative"),
}


STATE_LABELS = {
    State.DRAFT: _l("Draft"),
    State.WAITING: _l("Waits for a moderator"),
    State.REFUSED: _l("Rejected"),
    State.AGREED: _l("Agreed, not yet begun"),
    State.IN_FORCE: _l("In force"),
    State.ENDED: _l("Ended"),
    State.ENDED_EARLY: _l("Ended early"),
}
STATE_SHAPES = {
    State.DRAFT: "○",
    State.WAITING: "◔",
    State.REFUSED: "✕",
    State.AGREED: "◑",
    State.IN_FORCE: "●",
    State.ENDED: "■",
    State.ENDED_EARLY: "□",
}
"""A shape for each state, so that none is told by colour alone."""
