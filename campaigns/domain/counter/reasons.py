"""Why a receipt is void, or a batch was taken back, in words everybody may read."""

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


class BatchReason(StrEnum):
    TYPED = "typed"
    TWICE = "twice"
    CAMPAIGN = "campaign"
    OPERATOR = "operator"
    OTHER = "other"


BATCH_LABELS = {
    BatchReason.TYPED: _l("Sums or numbers of the statement were typed wrongly"),
    BatchReason.TWICE: _l("These gifts were in the book already"),
    BatchReason.CAMPAIGN: _l("They were meant for another campaign or intent"),
    BatchReason.OPERATOR: _l("The operator has withdrawn or corrected its statement"),
    BatchReason.OTHER: _l("Another mistake in the batch"),
}
"""Why a batch was taken back out of the book."""
