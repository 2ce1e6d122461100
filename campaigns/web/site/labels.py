"""Words of the open book."""

from flask_babel import lazy_gettext as _l

KIND_LABELS = {
    "capture": _l("Gift"),
    "unallocated": _l("Money that waits for a decision"),
    "reversal": _l("Taken back"),
    "correction": _l("Correction"),
    "disbursement": _l("Spent"),
}
