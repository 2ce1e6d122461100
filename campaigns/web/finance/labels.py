"""Words of finance."""

from flask_babel import lazy_gettext as _l

ITEM_LABELS = {
    "amount": _l("The bank took another amount than was asked for"),
    "campaign_cancelled": _l("The campaign was cancelled while the donor paid"),
    "second_payment": _l("The same gift was paid twice"),
    "mismatch": _l("The bank's answer belongs to another payment"),
    "duplicate_receipt": _l("The bank named a receipt that another payment has"),
    "no_answer": _l("The bank has not said what became of it"),
    "unknown_money": _l("The bank holds money that we know nothing of"),
}

STATE_LABELS = {
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
