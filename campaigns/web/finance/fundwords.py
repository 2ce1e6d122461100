"""Words about spending: states, reasons why money may not be spent."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.base.money import toman
from campaigns.domain.funds.models import State
from campaigns.domain.funds.refusals import (
    Refused,
    RunningPromised,
    SameDocument,
    SamePerson,
    TooLittle,
    WrongPurpose,
)
from campaigns.web.locale import language

STATE_LABELS = {
    State.PROPOSED: _l("waits for a second person"),
    State.APPROVED: _l("approved, not paid yet"),
    State.PAID: _l("paid"),
    State.REFUSED: _l("refused"),
    State.CALLED_OFF: _l("called off"),
}


def sentence(why: Refused) -> str:
    """Why money may not be spent so, for the person who asked."""
    if isinstance(why, TooLittle):
        left = toman(why.left_rials, language().code)
        return _("This bucket has only %(left)s left.", left=left)
    if isinstance(why, WrongPurpose):
        return _("This intent may not pay for that. %(rule)s", rule=why.rule.sentence)
    if isinstance(why, RunningPromised):
        return _("The campaign's page promises that the organization pays the running costs.")
    if isinstance(why, SameDocument):
        return _("Another spending from this bucket has this document already.")
    if isinstance(why, SamePerson):
        return _("You proposed this spending: somebody else decides on it.")
    return _("Somebody else was first: look at what has become of it.")
