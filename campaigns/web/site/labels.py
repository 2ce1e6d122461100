"""Words of the open book."""

from flask_babel import lazy_gettext as _l

KIND_LABELS = {
    "capture": _l("Gift"),
    "unallocated": _l("Money that waits for a decision"),
    "reversal": _l("Taken back"),
    "correction": _l("Correction"),
    "spending": _l("Spent"),
    "payout": _l("Paid out by the bank"),
    "unspent": _l("Spending called off"),
    "pool": _l("Paid in by a sponsor"),
    "match": _l("Doubled by a sponsor"),
}
