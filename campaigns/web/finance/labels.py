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
