"""Words about transfers without a gateway."""

from flask_babel import lazy_gettext as _l

STATE_LABELS = {
    "submitted": _l("To be looked at"),
    "receipt_ok": _l("Looked at, waits for the statement of the bank"),
    "awaiting": _l("Declared, nothing heard yet"),
    "credited": _l("In the book"),
    "refused": _l("Refused"),
    "expired": _l("Over, nothing was heard"),
}
VERB_LABELS = {
    "declare": _l("Declared"),
    "submit": _l("The donor said that it is transferred"),
    "agree": _l("The first of two people finds it right"),
    "accept": _l("The receipt looks right"),
    "refuse": _l("Refused"),
    "undo": _l("Taken back"),
    "expire": _l("Over: nothing was heard until the deadline"),
    "uncredit": _l("The money was not for this gift: taken back from it"),
    "credit": _l("Found on the statement of the bank, and in the book"),
}
REFUSALS = {
    "own": _l("This gift is for a campaign of your own: somebody else looks at it."),
    "twice": _l("You have said so already; with this amount a second person looks at it too."),
    "reason": _l("Write a reason: the donor reads it."),
    "tracking": _l("Another gift has come to have this tracking number: look at that one first."),
    "moved": _l("Somebody else was first. Here is how it stands now."),
}
ACCOUNT_LABELS = {
    "proposed": ("◐", _l("Waits for a second person")),
    "on": ("●", _l("Donors see it")),
    "off": ("○", _l("Switched off")),
    "refused": ("✕", _l("Refused")),
}
"""How an account is: its shape and its words."""

ACCOUNT_REFUSALS = {
    "own": _l("You wrote this account down: somebody else switches it on."),
    "moved": _l("Somebody else was first. Here is how it stands now."),
}
