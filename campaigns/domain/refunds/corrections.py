"""What was taken back in the book, for everybody to read: no person, no private word."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from campaigns.base.extensions import db
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.models import LedgerTransfer, LedgerTxn
from campaigns.domain.refunds.models import Refund

KINDS = (Kind.REFUND.value, Kind.WHOLE_REFUND.value, Kind.REVERSAL.value, Kind.GIFT_BACK.value)


@dataclass(frozen=True)
class Correction:
    """`kind`: refund (money goes back), failed (it came back to us), reversal. `reason`: a code of `reasons`."""

    kind: str
    campaign_id: int | None
    rials: int
    reason: str
    made_at: datetime


def corrections(limit: int) -> list[Correction]:
    """The newest first."""
    query = (
        select(
            LedgerTxn.kind,
            LedgerTxn.campaign_id,
            LedgerTransfer.rials,
            Refund.reason_code,
            LedgerTxn.occurred_at,
        )
        .join(LedgerTransfer, and_(LedgerTransfer.txn_id == LedgerTxn.id, LedgerTransfer.leg == 0))
        .outerjoin(Refund, and_(LedgerTxn.reference_kind == "refund", LedgerTxn.reference_id == Refund.id))
        .where(LedgerTxn.kind.in_(KINDS))
        .order_by(LedgerTxn.id.desc())
        .limit(limit)
    )
    return [
        Correction(
            kind=_said(row.kind, row.reason_code is not None),
            campaign_id=row.campaign_id,
            rials=row.rials,
            reason=row.reason_code or "",
            made_at=row.occurred_at,
        )
        for row in db.session.execute(query)
    ]


def _said(kind: str, of_refund: bool) -> str:
    if kind in {Kind.REFUND.value, Kind.WHOLE_REFUND.value}:
        return "refund"
    return "failed" if of_refund else "reversal"
