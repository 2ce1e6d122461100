"""Words about gateways' reports: buckets, what a gateway says, what our payments are, why a file cannot be read."""

from flask_babel import lazy_gettext as _l

BUCKETS = {
    "missing_local": (
        _l("We do not know this payment"),
        _l("The gateway has money that belongs to no payment of ours."),
    ),
    "missing_remote": (
        _l("The gateway does not list it"),
        _l("We have a payment that neither this day's report nor that of the days beside it has."),
    ),
    "status_diff": (
        _l("Another outcome"),
        _l("There was money for one of us and none for the other. The gateway was asked once more."),
    ),
    "amount_diff": (
        _l("Another amount"),
        _l("Gateway, payment and book do not say the same sum."),
    ),
    "duplicate": (
        _l("Listed twice"),
        _l("The report has the same payment a second time."),
    ),
    "matched": (
        _l("Matched"),
        _l("Gateway, payment and book say the same."),
    ),
}
"""What each bucket is called and means, what asks for a person first."""

OUTCOMES = {
    "already": _l("paid"),
    "paid_unverified": _l("paid, not confirmed"),
    "pending": _l("at the bank"),
    "not_paid": _l("not paid"),
    "reversed": _l("taken back"),
    "refunded": _l("given back"),
    "unknown": _l("something we do not know"),
    "": _l("nothing"),
}
STATES = {
    "created": _l("begun"),
    "request_failed": _l("not begun"),
    "redirected": _l("at the bank"),
    "soft_cancelled": _l("cancelled"),
    "verifying": _l("being asked about"),
    "paid": _l("paid"),
    "not_paid": _l("not paid"),
    "expired": _l("run out"),
    "review": _l("waits for a decision"),
    "": _l("unknown"),
}
SOURCES = {"protocol": _l("asked of the gateway"), "file": _l("brought as a file")}
UNREADABLE = {
    "empty": _l("The file is empty."),
    "long": _l("The file is too large: at most four megabytes and fifty thousand lines."),
    "heads": _l(
        "The first line must name a column for the reference or our order number, and one for the amount."
    ),
    "lines": _l("Some lines cannot be read, so nothing was used."),
}
