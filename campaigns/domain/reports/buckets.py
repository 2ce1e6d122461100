"""What a payment is when gateway, payment and book are laid beside each other. Pure.

Only money counts: a session that was never paid, for the gateway and for us, is no line at all.
"""

from dataclasses import dataclass
from datetime import date

from campaigns.domain.payments.contract import Outcome, ReportRow
from campaigns.domain.reports.models import Bucket

WENT_BACK = frozenset({Outcome.REVERSED, Outcome.REFUNDED})


@dataclass(frozen=True)
class Ours:
    """A payment of ours. `captured` is what it says it took, `booked` what the book says, `went_back` what donors have
    again; rials. `day` is when it was paid, none when it was not.
    """

    attempt_id: int
    public_id: str
    state: str
    asked: int
    captured: int
    booked: int
    went_back: int
    gateway_ref: str | None
    receipt_ref: str | None
    numeric_ref: int
    day: date | None


def bucket_of(row: ReportRow, ours: Ours | None, *, seen_before: bool) -> Bucket | None:
    """None where neither side has money. `seen_before`: another line of the report is the same payment."""
    captured = ours.captured if ours else 0
    if not row.has_money and not captured:
        return None
    if seen_before and row.has_money:
        return Bucket.DUPLICATE
    if ours is None:
        return Bucket.MISSING_LOCAL
    if not row.has_money:
        back = row.outcome in WENT_BACK and ours.went_back == captured
        return Bucket.MATCHED if back else Bucket.STATUS_DIFF
    if not captured:
        return Bucket.STATUS_DIFF
    return Bucket.MATCHED if row.rials == captured == ours.booked else Bucket.AMOUNT_DIFF
