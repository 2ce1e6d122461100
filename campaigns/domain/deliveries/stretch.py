"""Where in the money of its bucket a gift stands, by the book: what came before it, and what of it is still there.

Whole days before the gift's own are read from the sums of the book (`ledger.flows`), so a hundred thousand gifts before
it cost no more than a hundred days.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from campaigns.base.among import among
from campaigns.base.extensions import db
from campaigns.base.jalali import day_start, tehran_day
from campaigns.domain.ledger.flows import LedgerFlow
from campaigns.domain.ledger.kinds import GIFTS, SPENDING_KINDS, Kind
from campaigns.domain.ledger.models import LedgerAccount, LedgerPlace, LedgerTransfer, LedgerTxn
from campaigns.domain.refunds.models import Refund

BACK_AGAIN = (Kind.GIFT_BACK.value, Kind.REVERSAL.value)
"""Money whose way back to a donor failed: it belongs to where it was."""

_NOT_NEW = (*SPENDING_KINDS, *BACK_AGAIN)


class Stretch(NamedTuple):
    """`begin`: rials that came before it and are still there or were spent. `rials`: of the gift itself; `returned`:
    what of it went back.
    """

    begin: int
    rials: int
    returned: int


class _Gone(NamedTuple):
    """Money that left the bucket otherwise than by spending; `source`: with which transaction it had come."""

    source: int
    rials: int


def stretch(key: str, account: str) -> Stretch | None:
    """Of the gift that the book calls `key`, in the bucket `account`. None: not in it, or without its place yet."""
    txn = db.session.execute(
        select(LedgerTxn.id, LedgerTxn.occurred_at)
        .join(LedgerPlace, LedgerPlace.txn_id == LedgerTxn.id)
        .where(LedgerTxn.idempotency_key == key)
    ).one_or_none()
    bucket = db.session.scalar(select(LedgerAccount.id).where(LedgerAccount.code == account))
    if txn is None or bucket is None:
        return None
    own = _sum(LedgerTransfer.txn_id == txn.id, LedgerTransfer.credit_id == bucket)
    if not own:
        return None
    day = tehran_day(txn.occurred_at)
    gone = _gone(bucket)
    returned = sum(one.rials for one in gone if one.source == txn.id)
    before = _came_before(bucket, day, txn.id) - _gone_before(gone, day, txn.id)
    return Stretch(max(0, before), own - returned, returned)


def _came_before(bucket: int, day: date, txn_id: int) -> int:
    """Whole days from the sums; the gift's own day line by line."""
    flow = LedgerFlow
    sums = select(
        func.coalesce(func.sum(case((flow.day < day, flow.rials), else_=0)), 0),
        func.min(case((flow.day == day, flow.first_txn))),
    ).where(flow.credit_id == bucket, flow.day <= day, flow.kind.not_in(_NOT_NEW))
    earlier, first = db.session.execute(sums).one()
    if first is None:
        return int(earlier)
    begins, ends = day_start(day), day_start(day + timedelta(days=1))
    today = (
        select(func.coalesce(func.sum(LedgerTransfer.rials), 0))
        .join(LedgerTxn, LedgerTxn.id == LedgerTransfer.txn_id)
        .where(
            LedgerTxn.id.between(first, txn_id - 1),
            LedgerTxn.occurred_at >= begins,
            LedgerTxn.occurred_at < ends,
            LedgerTxn.kind.not_in(_NOT_NEW),
            LedgerTransfer.credit_id == bucket,
        )
    )
    return int(earlier) + int(db.session.scalar(today) or 0)


def _gone(bucket: int) -> list[_Gone]:
    """What went back, each with the transaction it had come with; what failed to go is not there."""
    back = aliased(LedgerTxn)
    query = (
        select(
            LedgerTxn.id,
            LedgerTxn.reverses_id,
            LedgerTxn.reference_kind,
            LedgerTxn.reference_id,
            LedgerTransfer.rials,
        )
        .join(LedgerTransfer, LedgerTransfer.txn_id == LedgerTxn.id)
        .outerjoin(back, back.reverses_id == LedgerTxn.id)
        .where(LedgerTransfer.debit_id == bucket, LedgerTxn.kind.not_in(SPENDING_KINDS), back.id.is_(None))
    )
    rows = db.session.execute(query).all()
    refunded = _refunded({row.reference_id for row in rows if row.reference_kind == "refund"}, bucket)
    found = []
    for row in rows:
        source = row.reverses_id or (row.reference_id if row.reference_kind == "match" else None)
        if row.reference_kind == "refund":
            source = refunded.get(row.reference_id)
        found.append(_Gone(source or row.id, row.rials))
    return found


def _refunded(refund_ids: Iterable[int], bucket: int) -> dict[int, int]:
    """By refund: the transaction with which its payment came into the bucket."""
    query = (
        select(Refund.id, LedgerTxn.id)
        .join(
            LedgerTxn, (LedgerTxn.reference_kind == "attempt") & (LedgerTxn.reference_id == Refund.attempt_id)
        )
        .join(LedgerTransfer, LedgerTransfer.txn_id == LedgerTxn.id)
        .where(
            among(db.session, Refund.id, sorted(refund_ids)),
            LedgerTransfer.credit_id == bucket,
            LedgerTxn.kind.in_((*GIFTS, Kind.ALLOCATION.value)),
        )
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def _gone_before(gone: Sequence[_Gone], day: date, txn_id: int) -> int:
    """What of it had come before the gift."""
    ids = sorted({one.source for one in gone} - {txn_id})
    if not ids:
        return 0
    rows = db.session.execute(
        select(LedgerTxn.id, LedgerTxn.occurred_at).where(among(db.session, LedgerTxn.id, ids))
    )
    earlier = {row.id for row in rows if (tehran_day(row.occurred_at), row.id) < (day, txn_id)}
    return sum(one.rials for one in gone if one.source in earlier)


def _sum(*conditions: object) -> int:
    total = select(func.coalesce(func.sum(LedgerTransfer.rials), 0)).where(*conditions)  # type: ignore[arg-type]
    return int(db.session.scalar(total) or 0)
