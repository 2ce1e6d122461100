"""Reads of the book. The slow, certain way: sums over the transfers themselves."""

from datetime import datetime

from sqlalchemy import case, func, select

from campaigns.base.extensions import db
from campaigns.domain.ledger.models import (
    CampaignRollup,
    LedgerAccount,
    LedgerTransfer,
    LedgerTxn,
    LedgerUnplaced,
)

CAPTURE = "capture"


def balance(code: str) -> int:
    """Rials on an account, from its natural side: debits less credits for assets and expenses, else the reverse."""
    account = db.session.scalar(select(LedgerAccount).where(LedgerAccount.code == code))
    if account is None:
        return 0
    debits = _sum(LedgerTransfer.debit_id == account.id)
    credits = _sum(LedgerTransfer.credit_id == account.id)
    return debits - credits if account.kind in {"asset", "expense"} else credits - debits


def received(campaign_id: int) -> int:
    """What a campaign has received by the whole book, over all its intents, in rials."""
    own = select(LedgerAccount.id).where(LedgerAccount.campaign_id == campaign_id)
    return _sum(LedgerTransfer.credit_id.in_(own)) - _sum(LedgerTransfer.debit_id.in_(own))


def gifts(campaign_id: int) -> int:
    """How many captures stand in the book for a campaign, less those mirrored back."""
    taken = select(func.count()).where(LedgerTxn.campaign_id == campaign_id, LedgerTxn.kind == CAPTURE)
    mirrored = select(func.count()).where(
        LedgerTxn.campaign_id == campaign_id, LedgerTxn.kind == "reversal", LedgerTxn.reverses_id.is_not(None)
    )
    return (db.session.scalar(taken) or 0) - (db.session.scalar(mirrored) or 0)


def disagreements() -> list[tuple[int, int, int]]:
    """Campaigns whose rollup is not what the whole book says: (id, rollup, book), rials. Empty when all is placed."""
    value = case(
        (LedgerTransfer.credit_id == LedgerAccount.id, LedgerTransfer.rials), else_=-LedgerTransfer.rials
    )
    touches = (LedgerTransfer.credit_id == LedgerAccount.id) | (LedgerTransfer.debit_id == LedgerAccount.id)
    book = (
        select(LedgerAccount.campaign_id, func.sum(value).label("rials"))
        .join(LedgerTransfer, touches)
        .where(LedgerAccount.campaign_id.is_not(None))
        .group_by(LedgerAccount.campaign_id)
        .subquery()
    )
    query = (
        select(book.c.campaign_id, func.coalesce(CampaignRollup.received_rials, 0), book.c.rials)
        .outerjoin(CampaignRollup, CampaignRollup.campaign_id == book.c.campaign_id)
        .where(func.coalesce(CampaignRollup.received_rials, 0) != book.c.rials)
    )
    return [(row[0], int(row[1]), int(row[2])) for row in db.session.execute(query)]


def oldest_unplaced() -> datetime | None:
    """When the transaction that waits longest for its place was recorded. None when none waits."""
    waiting = select(func.min(LedgerUnplaced.txn_id)).scalar_subquery()
    return db.session.scalar(select(LedgerTxn.recorded_at).where(LedgerTxn.id == waiting))


def _sum(condition: object) -> int:
    total = select(func.coalesce(func.sum(LedgerTransfer.rials), 0)).where(condition)  # type: ignore[arg-type]
    return int(db.session.scalar(total) or 0)
