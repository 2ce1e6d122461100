"""The worker's part of the book: gives settled transactions their place and keeps each campaign's rollup.

One place at a time: on PostgreSQL a transaction-level advisory lock, on SQLite the writer's lock that BEGIN IMMEDIATE
takes. A place is given after the donor's commit, so no row is skipped by ids that commit out of order.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, text

from campaigns.base import stamps
from campaigns.base.extensions import db
from campaigns.domain.ledger.models import (
    CampaignRollup,
    LedgerAccount,
    LedgerPlace,
    LedgerTransfer,
    LedgerTxn,
    LedgerUnplaced,
)
from campaigns.domain.ledger.queries import CAPTURE

BATCH = 500
LOCK_NUMBER = 700_1405  # any number of our own; pg_advisory_xact_lock is database-wide


@dataclass
class Delta:
    rials: int = 0
    gifts: int = 0
    last_at: datetime | None = None


def place() -> int:
    """Places up to 500 transactions and moves the rollups of their campaigns. Returns how many. Does not commit."""
    if db.engine.dialect.name == "postgresql":
        free = db.session.scalar(text("SELECT pg_try_advisory_xact_lock(:number)"), {"number": LOCK_NUMBER})
        if not free:
            return 0
    waiting = list(
        db.session.scalars(select(LedgerUnplaced.txn_id).order_by(LedgerUnplaced.txn_id).limit(BATCH))
    )
    if not waiting:
        return 0
    last = db.session.scalar(select(func.max(LedgerPlace.seq))) or 0
    places = [LedgerPlace(seq=last + number, txn_id=txn_id) for number, txn_id in enumerate(waiting, start=1)]
    db.session.add_all(places)
    db.session.execute(delete(LedgerUnplaced).where(LedgerUnplaced.txn_id.in_(waiting)))
    for campaign_id, delta in sorted(_deltas(waiting).items()):
        _move(campaign_id, delta, last + len(waiting))
    db.session.flush()
    return len(waiting)


def _deltas(txn_ids: list[int]) -> dict[int, Delta]:
    """What these transactions change for each campaign's account."""
    found: dict[int, Delta] = defaultdict(Delta)
    for side, sign in ((LedgerTransfer.credit_id, 1), (LedgerTransfer.debit_id, -1)):
        query = (
            select(LedgerAccount.campaign_id, func.sum(LedgerTransfer.rials))
            .join(LedgerTransfer, side == LedgerAccount.id)
            .where(LedgerTransfer.txn_id.in_(txn_ids), LedgerAccount.campaign_id.is_not(None))
            .group_by(LedgerAccount.campaign_id)
        )
        for campaign_id, rials in db.session.execute(query):
            found[campaign_id or 0].rials += sign * int(rials)
    for campaign_id, kind, number, last_at in db.session.execute(_counts(txn_ids)):
        found[campaign_id].gifts += number if kind == CAPTURE else -number
        if kind == CAPTURE:
            found[campaign_id].last_at = last_at
    return found


def _counts(txn_ids: list[int]) -> Any:
    return (
        select(LedgerTxn.campaign_id, LedgerTxn.kind, func.count(), func.max(LedgerTxn.occurred_at))
        .where(
            LedgerTxn.id.in_(txn_ids),
            LedgerTxn.campaign_id.is_not(None),
            LedgerTxn.kind.in_((CAPTURE, "reversal")),
        )
        .group_by(LedgerTxn.campaign_id, LedgerTxn.kind)
    )


def _move(campaign_id: int, delta: Delta, upto_seq: int) -> None:
    rollup = db.session.get(CampaignRollup, campaign_id)
    if rollup is None:
        rollup = CampaignRollup(campaign_id=campaign_id, received_rials=0, gifts=0)
        db.session.add(rollup)
    rollup.received_rials += delta.rials
    rollup.gifts += delta.gifts
    rollup.upto_seq = upto_seq
    if delta.last_at is not None:
        rollup.last_gift_at = max(filter(None, (rollup.last_gift_at, delta.last_at)))
    stamps.bump(stamps.of_campaign(campaign_id), stamps.PORTAL)
