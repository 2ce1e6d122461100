"""Why money goes back to its donor, in words everybody may read."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Reason(StrEnum):
    DONOR = "donor"
    TWICE = "twice"
    SUM = "sum"
    CAMPAIGN = "campaign"
    SUSPICION = "suspicion"
    OTHER = "other"
    DISPUTE = "dispute"  # of the payer's bank, not asked for by anybody of us


REASON_LABELS = {
    Reason.DONOR: _l("The donor asked for it"),
    Reason.TWICE: _l("Paid twice"),
    Reason.SUM: _l("Another amount than was meant"),
    Reason.CAMPAIGN: _l("The campaign did not go on"),
    Reason.SUSPICION: _l("The payment was not in order"),
    Reason.OTHER: _l("Another reason"),
    Reason.DISPUTE: _l("The payer's bank disputed the payment"),
}

ASKED_FOR = {reason: label for reason, label in REASON_LABELS.items() if reason is not Reason.DISPUTE}
"""What somebody of us may choose."""

OF_ITEMS = {
    "second_payment": Reason.TWICE,
    "amount": Reason.SUM,
    "campaign_cancelled": Reason.CAMPAIGN,
}
"""Why money that did not fit is returned, by the kind of its review item; of any other: OTHER."""
