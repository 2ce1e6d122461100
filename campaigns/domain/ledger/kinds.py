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
    GIFT_REVERSED = (
        "gift_reversed"  # the exact mirror of a gift: the bank took its payment back, and it is gone
    )
    CORRECTION = "correction"  # something was entered wrongly: what makes it right
    SPENDING = "spending"  # money a campaign holds is owed to somebody it pays
    PAYOUT = "payout"  # the bank has paid what was owed
    UNSPENT = "unspent"  # the exact mirror of a spending that was called off before the bank paid
    POOL = "pool"  # a sponsor has paid in what is to double gifts
    CASH = "cash"  # a gift in cash at an office
    POS = "pos"  # a gift by card reader at an office
    BATCH = "batch"  # many gifts by USSD or SMS, as an operator's statement says
    CASH_SENT = "cash_sent"  # cash of an office is on its way to the bank
    DEPOSIT = "deposit"  # the bank has it
    CASH_COUNT = "cash_count"  # what was counted differs from what the book said
    SETTLEMENT = "settlement"  # a gateway has paid to our bank what it held for us
    MATCH = "match"  # money of a sponsor goes where a gift went: received, but no gift of its own
    UNMATCH = "unmatch"  # and goes back to its pool with the gift it doubled
    POOL_BACK = "pool_back"  # what a pool had left is owed to its sponsor again
    POOL_GIVEN = "pool_given"  # or goes to a campaign, as its sponsor wishes
    IN_KIND = "in_kind"  # goods came to a warehouse, by what they are worth: no money, and no bar moves
    IN_KIND_DELIVERED = "in_kind_delivered"  # and reached whom they were for
    IN_KIND_LOST = "in_kind_lost"  # or were spoiled or missing


SPENDING_KINDS = (Kind.SPENDING.value, Kind.UNSPENT.value)
"""What changes how much a campaign has spent. Everything else on its accounts changes what it has received."""

GIFTS = (
    Kind.CAPTURE.value,
    Kind.ALLOCATED_GIFT.value,
    Kind.CASH.value,
    Kind.POS.value,
    Kind.BATCH.value,
)
"""With each of these transactions a campaign has received one gift more; with a batch, as many as it says."""

DIRECT = (Kind.CAPTURE.value, Kind.CASH.value, Kind.POS.value)
"""Gifts of one person that went straight to their campaign: what sponsors double."""

TURNS = (Kind.WHOLE_REFUND.value, Kind.GIFT_BACK.value)
"""With these a gift is gone, and stands again."""

CORRECTING = (
    "kind IN ('correction', 'reversal', 'gift_reversed', 'refund', 'whole_refund', 'gift_back', 'unmatch')"
)
"""Of entries that set an earlier one right or give money back; in the words of their index, which both engines must
recognize."""
