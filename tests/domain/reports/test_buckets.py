"""What a payment is when gateway, payment and book are laid beside each other."""

import pytest

from campaigns.domain.payments.contract import Outcome, ReportRow
from campaigns.domain.reports.buckets import Ours, bucket_of

PAID = Outcome.ALREADY


def ours(captured=100, booked=100, went_back=0):
    return Ours(1, "a", "paid", 100, captured, booked, went_back, "S1", "R1", 1, None)


@pytest.mark.parametrize(
    ("rials", "said", "mine", "bucket"),
    [
        (100, PAID, ours(), "matched"),
        (100, Outcome.PAID_UNVERIFIED, ours(), "matched"),
        (100, PAID, None, "missing_local"),
        (100, Outcome.NOT_PAID, None, None),
        (100, Outcome.PENDING, ours(captured=0, booked=0), None),
        (100, PAID, ours(captured=0, booked=0), "status_diff"),
        (100, Outcome.NOT_PAID, ours(), "status_diff"),
        (100, Outcome.UNKNOWN, ours(), "status_diff"),
        (100, Outcome.REVERSED, ours(), "status_diff"),
        (100, Outcome.REFUNDED, ours(went_back=60), "status_diff"),
        (100, Outcome.REFUNDED, ours(went_back=100), "matched"),
        (90, PAID, ours(), "amount_diff"),
        (100, PAID, ours(captured=90), "amount_diff"),
        (100, PAID, ours(booked=0), "amount_diff"),
    ],
)
def test_three_are_laid_beside_each_other(rials, said, mine, bucket):
    assert bucket_of(ReportRow(rials, said), mine, seen_before=False) == bucket


def test_the_same_money_twice_is_a_duplicate_and_a_cancelled_try_is_not():
    assert bucket_of(ReportRow(100, PAID), ours(), seen_before=True) == "duplicate"
    assert bucket_of(ReportRow(100, Outcome.NOT_PAID), None, seen_before=True) is None
