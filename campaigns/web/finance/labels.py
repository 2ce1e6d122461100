"""Words of finance."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from campaigns.base.money import toman
from campaigns.domain.refunds.errors import Refused, Spent
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.states import RefundState, WrongStep
from campaigns.web.locale import language

ITEM_LABELS = {
    "amount": _l("The bank took another amount than was asked for"),
    "campaign_cancelled": _l("The campaign was cancelled while the donor paid"),
    "second_payment": _l("The same gift was paid twice"),
    "mismatch": _l("The bank's answer belongs to another payment"),
    "duplicate_receipt": _l("The bank named a receipt that another payment has"),
    "no_answer": _l("The bank has not said what became of it"),
    "refund_failed": _l("Money could not be returned to its donor"),
    "unknown_money": _l("The bank holds money that we know nothing of"),
    "stuck_verifying": _l("The bank has been asked for ten minutes and has not said whether this is paid"),
    "stuck_reversing": _l("The bank has not said whether it took this payment back"),
    "stuck_refund": _l("A refund was sent more than a day ago and nobody has said that it arrived"),
    "list_full": _l(
        "The bank's list of unverified payments is nearly full: what does not fit into it stays unseen"
    ),
    "match_spent": _l("A doubled gift went back, and the sponsor's double is spent"),
    "taken_back": _l("The bank took back a payment that we say it did not"),
    "dispute": _l("The payer's bank disputes a payment; its money is held until it decides"),
    "dispute_spent": _l("The payer's bank disputes a payment whose money is spent already"),
    "bank_line": _l("Money came to our account, and its gift is not known"),
    "clearing_old": _l("A gateway has held our money for too long"),
    "report_missing": _l("The gateway's report does not have this payment"),
    "report_amount": _l("The gateway's report has another amount"),
    "report_status": _l("The gateway's report says something else became of this payment"),
    "report_twice": _l("The gateway's report has this payment twice"),
}

STATE_LABELS = {
    "open": _l("Open"),
    "proposed": _l("Waits for a second person"),
    "decided": _l("Decided"),
    "closed": _l("Closed"),
}
OUTCOME_LABELS = {
    "allocate": _l("Give it to the campaign"),
    "return": _l("Return it to who paid, by a refund"),
    "reverse": _l("Let the bank take the payment back at once"),
    "returned": _l("The bank has given it back already"),
}
VERB_LABELS = {
    "confirm": _l("Seen on the bank's statement"),
    "propose": _l("Proposed"),
    "agree": _l("Agreed"),
    "refuse": _l("Not agreed"),
    "close": _l("Closed"),
    "found": _l("Its gift was found"),
    "aside": _l("It is no gift"),
    "wrong": _l("It is not the gift it was taken for"),
}
REFUND_LABELS = {
    "requested": _l("Waits for approval"),
    "approved": _l("Approved, to be sent"),
    "sent": _l("Sent"),
    "done": _l("Given back"),
    "failed": _l("Could not be given back"),
    "refused": _l("Not approved"),
}
REVERSAL_LABELS = REFUND_LABELS | {
    "approved": _l("Approved, the bank is asked"),
    "sent": _l("The bank was asked and has not answered yet"),
    "done": _l("Taken back by the bank"),
    "failed": _l("The bank did not take it back"),
}
"""Of refunds that the gateway itself carries out."""
DISPUTE_LABELS = REFUND_LABELS | {
    "requested": _l("Recorded, waits for a second person"),
    "approved": _l("Held for the payer"),
    "sent": _l("Held until the bank decides"),
    "done": _l("Lost: the payer has it"),
    "failed": _l("Won: its campaign has it again"),
    "refused": _l("Not held"),
}
"""Of payments that their payer's bank disputes."""
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
    "late": _l("It is too late for the bank to take this payment back. Ask for an ordinary refund."),
    "whole": _l(
        "The bank takes back a whole payment or nothing; a part of it goes back by an ordinary refund."
    ),
    "another": _l(
        "The same gift has another payment that stands or is just being taken back. Use an ordinary refund, or wait."
    ),
    "frozen": _l("No money leaves while something about it does not add up."),
    "moved": _l("Somebody else was first. Here is how it stands now."),
}
"""Why something was not done, in sentences."""


def why_not(refusal: Refused | WrongStep) -> str:
    """The sentence for somebody whose step was refused; where money is missing, how much is there and what to do."""
    if isinstance(refusal, Spent):
        left = toman(refusal.left_rials, language().code)
        return _(
            "The campaign has spent this money already: under this intent it has only %(left)s left. Call off a "
            "spending that the bank has not paid yet, give back no more than is left, or wait until the "
            "organization has put the missing part in.",
            left=left,
        )
    return str(REFUSALS[refusal.why if isinstance(refusal, Refused) else "moved"])


def stands(refund: Refund) -> str:
    """How a refund stands, in words."""
    return str(labels_of(refund)[RefundState(refund.state)])


def labels_of(refund: Refund) -> Mapping[str, LazyString]:
    """What its states are called."""
    if refund.is_dispute:
        return DISPUTE_LABELS
    return REVERSAL_LABELS if refund.is_reversal else REFUND_LABELS


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
