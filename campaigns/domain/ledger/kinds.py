"""What a transaction of the book is about."""

from enum import StrEnum


class Kind(StrEnum):
    CAPTURE = "capture"  # a gateway took a gift: it is its campaign's
    UNALLOCATED = "unallocated"  # money came that no campaign may have yet: a person decides
    ALLOCATION = "allocation"  # two people gave what waited to a campaign
    ALLOCATED_GIFT = "allocated_gift"  # and with it a gift that was not received before
    REVERSAL = "reversal"  # the exact mirror of an earlier transaction
