"""Words about offices that more than one door says."""

from flask_babel import lazy_gettext as _l

from campaigns.domain.counter.models import DepositState, Office, SheetState
from campaigns.web.locale import language

REFUSALS = {
    "office": _l("This office is closed and takes no gifts."),
    "campaign": _l("This campaign takes no gifts now."),
    "intent": _l("This campaign does not take this intent."),
    "reader": _l("This card reader is not in use here."),
    "trace": _l("A receipt has this trace number already, or there is none. Look at the slip of the reader."),
    "voided": _l("This receipt is void already."),
    "own": _l("This is your own work; another person does it."),
    "day": _l("The day of this receipt is over. Ask finance to give the money back."),
    "drawer": _l("This cash is not in the drawer any more."),
    "early": _l("The sheet of today is there already. Gifts are tomorrow's now."),
    "returned": _l("The sheet before this one was sent back: count it once more first."),
    "reason": _l("Write why what was counted differs from the book."),
    "later": _l("The next day was counted after this one, so it cannot be sent back."),
    "amount": _l("There is not so much cash to bring to the bank."),
    "slip": _l("Another deposit on this account has this slip."),
    "moved": _l("Somebody else was first: look at what has become of it."),
    "code": _l("Another office has this code."),
    "clerk": _l("This person works here already."),
    "role": _l("This person may not take gifts in this province. Give them the role of a clerk first."),
}
"""Why something was not done, in sentences."""

SHEET_LABELS = {
    SheetState.COUNTED: _l("waits for a second person"),
    SheetState.RETURNED: _l("sent back, to be counted once more"),
    SheetState.CONFIRMED: _l("confirmed"),
}
DEPOSIT_LABELS = {
    DepositState.SENT: _l("on its way to the bank"),
    DepositState.DONE: _l("at the bank"),
    DepositState.RETURNED: _l("back in the drawer"),
}


def name_of(office: Office) -> str:
    """What it is called in the reader's language."""
    return office.name_en if language().code == "en" else office.name_fa
