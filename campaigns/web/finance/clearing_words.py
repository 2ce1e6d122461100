"""Words about what gateways hold: names of terminals, ages, states of settlements, why something cannot be done."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.domain.accounts.models import Organization
from campaigns.domain.settlements.models import State
from campaigns.web.locale import language
from campaigns.web.ways import gateway_label

SAMPLE = "sample"
AGE_LABELS = (
    _l("Today and yesterday"),
    _l("Two to three days ago"),
    _l("Four to seven days ago"),
    _l("More than seven days ago"),
)
"""In the order of `settlements.clearing.AGES`."""

STATE_LABELS = {
    State.ENTERED.value: _l("waits for a second person"),
    State.CONFIRMED.value: _l("in the book"),
    State.REFUSED.value: _l("refused"),
}
WRONG = {
    "terminal": ("terminal", _l("Choose the gateway that paid.")),
    "day": ("day", _l("This day has not come yet.")),
    "days": ("first_day", _l("The days it pays for end no later than the day the bank received it.")),
    "reference": ("bank_reference", _l("Another settlement on this account has this reference already.")),
}
"""The field that is wrong, and what to do."""

REFUSALS = {
    "own": _l("You entered this settlement: somebody else confirms it."),
    "moved": _l("Somebody else was first. Here is how it stands now."),
    "evidence": _l("Write the reason"),
}


def way_name(gateway: str) -> str:
    """What people call a gateway; that of the sample data is none."""
    return _("Sample data") if gateway == SAMPLE else str(gateway_label(gateway))


def terminal_name(terminal: str, organization: Organization | None) -> str:
    """What people call a terminal: the gateway, and whose it is where it is not shared by everybody."""
    gateway = way_name(terminal.partition(":")[0])
    if organization is None:
        return gateway
    whose = organization.name_en if language().code == "en" else organization.name_fa
    return _("%(gateway)s of %(whose)s", gateway=gateway, whose=whose)
