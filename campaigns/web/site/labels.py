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
    "gift_reversed": _l("Gift taken back"),
    "correction": _l("Correction"),
    "spending": _l("Spent"),
    "payout": _l("Paid out by the bank"),
    "unspent": _l("Spending called off"),
    "pool": _l("Paid in by a sponsor"),
    "cash": _l("Gift in cash"),
    "pos": _l("Gift by card reader"),
    "batch": _l("Gifts by USSD or SMS"),
    "cash_sent": _l("Cash on its way to the bank"),
    "deposit": _l("Cash at the bank"),
    "cash_count": _l("Difference found when cash was counted"),
    "settlement": _l("Paid by the gateway to our bank"),
    "match": _l("Doubled by a sponsor"),
    "unmatch": _l("The sponsor's double goes back with its gift"),
    "pool_back": _l("What a sponsor's pool had left goes back to the sponsor"),
    "pool_given": _l("What a sponsor's pool had left, given to a campaign"),
}
