"""Words for the states of a mandate: sentences for its donor, and one word for a month's charge."""

from flask_babel import lazy_gettext as _l

from campaigns.domain.mandates.states import ChargeState, State, Why

STATE_SENTENCES = {
    State.DRAFT: _l("The bank has not been asked yet."),
    State.SIGNING: _l("It waits for your signature at the bank; nothing is taken before."),
    State.ACTIVE: _l("It is active: once a month your gift is taken."),
    State.PAUSED: _l("It is paused: nothing is taken until you go on."),
    State.STOPPED: _l("It has ended: nothing is taken any more."),
    State.LAPSED: _l("It was not signed, so it never began; nothing was taken."),
}
WHYS = {
    Why.DONOR: "",
    Why.CAMPAIGN: _l("The campaign has ended."),
    Why.RESTS: _l("The campaign takes no gifts for now."),
    Why.REFUSED: _l("Your bank says that the contract has ended."),
    Why.EXPIRED: _l("The contract was for one year, and the year is over."),
}
CHARGE_LABELS = {
    ChargeState.OPEN: _l("being taken"),
    ChargeState.PAID: _l("taken"),
    ChargeState.FAILED: _l("could not be taken"),
    ChargeState.DROPPED: _l("not taken"),
    ChargeState.REVIEW: _l("a person looks at it"),
}
