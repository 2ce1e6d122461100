"""Words of the open book."""

from flask_babel import lazy_gettext as _l

KIND_LABELS = {
    "capture": _l("Gift"),
    "unallocated": _l("Money that waits for a decision"),
    "allocation": _l("Given to a campaign by two people"),
    "allocated_gift": _l("Gift, given to its campaign by two people"),
    "refund": _l("Goes back to the donor"),
    "whole_refund": _l("Gift that goes back to the donor"),
    "refund_paid": _l("Given back"),
    "gift_back": _l("Could not be given back; the gift stands again"),
    "reversal": _l("Taken back"),
    "correction": _l("Correction"),
    "spending": _l("Spent"),
    "payout": _l("Paid out by the bank"),
    "unspent": _l("Spending called off"),
    "pool": _l("Paid in by a sponsor"),
    "settlement": _l("Paid by the gateway to our bank"),
    "match": _l("Doubled by a sponsor"),
}
