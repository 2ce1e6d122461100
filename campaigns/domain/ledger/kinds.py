"""What a transaction of the book is about."""

from enum import StrEnum


class Kind(StrEnum):
    CAPTURE = "capture"  # a gateway took a gift: it is its campaign's
    UNALLOCATED = "unallocated"  # money came that no campaign may have yet: a person decides
    ALLOCATION = "allocation"  # two people gave what waited to a campaign
    ALLOCATED_GIFT = "allocated_gift"  # and with it a gift that was not received before
    REFUND = "refund"  # owed to the donor from now on
    WHOLE_REFUND = "whole_refund"  # and with it nothing of the gift is left
    REFUND_PAID = "refund_paid"  # the gateway has given it back
    GIFT_BACK = "gift_back"  # the mirror of a failed refund, with which a gift stands again
    REVERSAL = "reversal"  # the exact mirror of an earlier transaction
