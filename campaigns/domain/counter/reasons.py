"""Why a receipt is void, in words everybody may read."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class VoidReason(StrEnum):
    SUM = "sum"
    CAMPAIGN = "campaign"
    INTENT = "intent"
    TWICE = "twice"
    UNPAID = "unpaid"
    OTHER = "other"


VOID_LABELS = {
    VoidReason.SUM: _l("The amount was typed wrongly"),
    VoidReason.CAMPAIGN: _l("It was meant for another campaign"),
    VoidReason.INTENT: _l("It was meant with another intent"),
    VoidReason.TWICE: _l("It was written down twice"),
    VoidReason.UNPAID: _l("The money was not given after all"),
    VoidReason.OTHER: _l("Another mistake at the counter"),
}
