"""What a transaction of the book is about."""

from enum import StrEnum


class Kind(StrEnum):
    CAPTURE = "capture"  # a gateway took a gift: it is its campaign's
    UNALLOCATED = "unallocated"  # money came that no campaign may have yet: a person decides
    REVERSAL = "reversal"  # the exact mirror of an earlier transaction
    CORRECTION = "correction"  # something was entered wrongly: what makes it right
    SPENDING = "spending"  # money a campaign holds is owed to somebody it pays
    PAYOUT = "payout"  # the bank has paid what was owed
    UNSPENT = "unspent"  # the exact mirror of a spending that was called off before the bank paid
    POOL = "pool"  # a sponsor has paid in what is to double gifts
    MATCH = "match"  # money of a sponsor goes where a gift went: received, but no gift of its own


SPENDING_KINDS = (Kind.SPENDING.value, Kind.UNSPENT.value)
"""What changes how much a campaign has spent. Everything else on its accounts changes what it has received."""

CORRECTING = "kind IN ('correction', 'reversal')"
"""Of entries that set an earlier one right; in the words of their index, which both engines must recognize."""
