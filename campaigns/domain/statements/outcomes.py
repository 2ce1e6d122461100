"""What can become of a line."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


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
    RETURNED = "returned"  # was taken for a gift it is not: people say what it is, no rule does


class What(StrEnum):
    """What people say of a line; the last three, why it is not the gift it was taken for, are read by everybody."""

    GIFT = "gift"  # of a claim
    OWN = "own"  # a repeated line that is money of its own
    ASIDE = "aside"  # no gift at all
    OTHER_GIFT = "other_gift"  # of another donor
    NO_GIFT = "no_gift"
    MISTAKE = "mistake"


WRONG_LABELS = {
    What.OTHER_GIFT: _l("The transfer was for another gift"),
    What.NO_GIFT: _l("The transfer was no gift"),
    What.MISTAKE: _l("Another mistake when a transfer was matched"),
}
WRONG = tuple(what.value for what in WRONG_LABELS)

WAITING = (
    Outcome.NOMATCH.value,
    Outcome.AMBIGUOUS.value,
    Outcome.ERROR.value,
    Outcome.RETURNED.value,
)
"""Outcomes of money that waits in `unallocated` for a decision."""
LOOKED_AT_AGAIN = (Outcome.UNCHECKED.value, Outcome.NOMATCH.value, Outcome.AMBIGUOUS.value)
"""Outcomes that new claims, or other lines, may still change."""


class ImportState(StrEnum):
    DRAFT = "draft"  # read and shown; no line of it is kept yet
    IMPORTED = "imported"
    DISCARDED = "discarded"
    TAKEN_BACK = "taken_back"  # imported, and taken back as a whole
