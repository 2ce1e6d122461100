"""What a transaction of the book is about."""

from enum import StrEnum


class Kind(StrEnum):
    CAPTURE = "capture"  # a gateway took a gift: it is its campaign's
    UNALLOCATED = "unallocated"  # money came that no campaign may have yet: a person decides
    REVERSAL = "reversal"  # the exact mirror of an earlier transaction
    CORRECTION = "correction"  # something was entered wrongly: what makes it right
    DISBURSEMENT = "disbursement"  # money leaves a campaign for what it was given for


SPENT = frozenset({Kind.DISBURSEMENT})
"""Kinds that spend what a campaign holds; everything else that leaves it was never its own."""

CORRECTING = "kind IN ('correction', 'reversal')"
"""Of entries that set an earlier one right; in the words of their index, which both engines must recognize."""
