"""The states of a delivery, and of the report that ends a campaign."""

from enum import StrEnum


class State(StrEnum):
    RECORDED = "recorded"  # waits for a second person
    REFUSED = "refused"  # by the second person
    AGREED = "agreed"  # waits for a moderator
    SHOWN = "shown"
    REJECTED = "rejected"  # by a moderator


STANDS = (State.RECORDED.value, State.AGREED.value, State.SHOWN.value)
"""States in which a delivery may still count, or does."""

STANDS_SQL = "state IN ('recorded','agreed','shown')"


class ReportState(StrEnum):
    WAITING = "waiting"
    SHOWN = "shown"
    RETURNED = "returned"  # to be mended by its author
    REJECTED = "rejected"
