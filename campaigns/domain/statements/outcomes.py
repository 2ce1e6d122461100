"""What can become of a line."""

from enum import StrEnum


class Outcome(StrEnum):
    UNCHECKED = "unchecked"
    VALID = "valid"  # credited to a gift
    NOMATCH = "nomatch"
    AMBIGUOUS = "ambiguous"
    DUPLICATE = (
        "duplicate"  # told of before by another kind of file: not booked until people say it is other money
    )
    ERROR = "error"  # its gift is known and could not be credited
    OTHER = "other"  # people say that it is no gift: interest, a settlement of a gateway, money of our own
    OUTGOING = "outgoing"  # money that left: kept, never a gift
    TAKEN_BACK = "taken_back"  # with the whole import: to be read alone


WAITING = (Outcome.NOMATCH.value, Outcome.AMBIGUOUS.value, Outcome.ERROR.value)
"""Outcomes of money that waits in `unallocated` for a decision."""
LOOKED_AT_AGAIN = (Outcome.UNCHECKED.value, Outcome.NOMATCH.value, Outcome.AMBIGUOUS.value)
"""Outcomes that new claims, or other lines, may still change."""


class ImportState(StrEnum):
    DRAFT = "draft"  # read and shown; no line of it is kept yet
    IMPORTED = "imported"
    DISCARDED = "discarded"
    TAKEN_BACK = "taken_back"  # imported, and taken back as a whole
