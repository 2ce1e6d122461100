"""Words of finance."""

from flask_babel import lazy_gettext as _l

ITEM_LABELS = {
    "amount": _l("The bank took another amount than was asked for"),
    "campaign_cancelled": _l("The campaign was cancelled while the donor paid"),
    "second_payment": _l("The same gift was paid twice"),
    "mismatch": _l("The bank's answer belongs to another payment"),
    "duplicate_receipt": _l("The bank named a receipt that another payment has"),
    "no_answer": _l("The bank has not said what became of it"),
    "refund_failed": _l("Money could not be returned to its donor"),
    "unknown_money": _l("The bank holds money that we know nothing of"),
}

STATE_LABELS = {
    "open": _l("Open"),
    "proposed": _l("Waits for a second person"),
    "decided": _l("Decided"),
    "closed": _l("Closed"),
}
OUTCOME_LABELS = {
    "allocate": _l("Give it to the campaign"),
    "return": _l("Return it to the donor"),
}
VERB_LABELS = {
    "confirm": _l("Seen on the bank's statement"),
    "propose": _l("Proposed"),
    "agree": _l("Agreed"),
    "refuse": _l("Not agreed"),
    "close": _l("Closed"),
}
REFUND_LABELS = {
    "requested": _l("Waits for approval"),
    "approved": _l("Approved, to be sent"),
    "sent": _l("Sent"),
    "done": _l("Given back"),
    "failed": _l("Could not be given back"),
    "refused": _l("Not approved"),
}
REFUSALS = {
    "evidence": _l("Something is not explained yet."),
    "money": _l("There is no money here to decide about, or it has been decided already."),
    "outcome": _l("This cannot be done with this money."),
    "campaign": _l("This campaign may not take the money: it is not live, or it does not take this intent."),
    "own": _l("This is your own proposal; another person answers it."),
    "amount": _l("This is too little: gateways give back no less than two thousand tomans."),
    "captured": _l("This is more than is left of the payment."),
    "spent": _l("Too little of this money is left in its bucket: it was spent. Ask for less."),
    "reversed": _l("No campaign has this money any more: the bank took it back."),
    "reference": _l("Another refund has this reference of the gateway."),
    "frozen": _l("No money leaves while something about it does not add up."),
    "moved": _l("Somebody else was first. Here is how it stands now."),
}
"""Why something was not done, in sentences."""

TERMINAL_LABELS = {
    "well": ("●", _l("Offered")),
    "stumbling": ("◐", _l("Offered, but the last try failed")),
    "on_trial": ("◐", _l("Offered again for a try")),
    "out": ("○", _l("Not offered for now")),
    "unusable": ("✕", _l("Cannot be read: set it anew")),
}
"""How a terminal is: its shape and its words."""

ERROR_LABELS = {
    "ConfigError": _l("The gateway refuses our terminal or its settings: somebody has to act."),
    "Unavailable": _l("The gateway did not answer."),
    "UnexpectedResponse": _l("The gateway answered something that cannot be understood."),
    "RateLimited": _l("The gateway says we ask too often."),
    "": _l("The gateway said no to this one payment."),
}
