"""The worker's part of the book: gives settled transactions their place and keeps each campaign's rollup.

One place at a time: on PostgreSQL a transaction-level advisory lock, on SQLite the writer's lock that BEGIN
IMMEDIATE takes. A place is given after the donor's commit, so no row is skipped by ids that commit out of
order.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, text

from campaigns.base import stamps
from campaigns.base.extensions import db
from campaigns.domain.ledger.models import CampaignRollup, LedgerPlace, LedgerUnplaced
from campaigns.domain.ledger.queries import gift_counts, rial_sums

BATCH = 500
LOCK_NUMBER = 700_1405  # any number of our own; pg_try_advisory_xact_lock is database-wide


@dataclass
class Delta:
    """What a batch of transactions changes for one campaign."""

    rials: int = 0
    gifts: int = 0
    last_at: datetime | None = None


def place() -> int:
    """Places up to 500 transactions and moves the rollups of their campaigns. Returns how many. Does not
    commit.

    Their pages are marked as old in the same transaction: never by a donor's request.
    """
    if not _alone():
        return 0
    waiting = list(
        db.session.scalars(select(LedgerUnplaced.txn_id).order_by(LedgerUnplaced.txn_id).limit(BATCH))
    )
    if not waiting:
        return 0
    last: int = db.session.scalar(select(func.max(LedgerPlace.seq))) or 0
    places = [{"seq": seq, "txn_id": txn_id} for seq, txn_id in enumerate(waiting, start=last + 1)]
    db.session.execute(insert(LedgerPlace.__table__), places)  # type: ignore[arg-type]
    db.session.execute(delete(LedgerUnplaced).where(LedgerUnplaced.txn_id.in_(waiting)))
    _move(_deltas(waiting), last + len(waiting))
    return len(waiting)


def _alone() -> bool:
    if db.engine.dialect.name != "postgresql":
        return True
    return bool(db.session.scalar(text("SELECT pg_try_advisory_xact_lock(:number)"), {"number": LOCK_NUMBER}))


def _deltas(txn_ids: list[int]) -> dict[int, Delta]:
    found = {
        campaign_id: Delta(rials=int(rials)) for campaign_id, rials in db.session.execute(rial_sums(txn_ids))
    }
    for campaign_id, gifts, last_at in db.session.execute(gift_counts(txn_ids)):
        delta = found.setdefault(campaign_id or 0, Delta())
        delta.gifts, delta.last_at = int(gifts), last_at
    return found


def _move(deltas: dict[int, Delta], upto_seq: int) -> None:
    """Adds the deltas to the rollups. All stamps are bumped at once, in one order: no deadlocks."""
    kept = {
        row.campaign_id: row
        for row in db.session.scalars(select(CampaignRollup).where(CampaignRollup.campaign_id.in_(deltas)))
    }
    for campaign_id, delta in deltas.items():
        rollup = kept.get(campaign_id)
        if rollup is None:
            rollup = CampaignRollup(campaign_id=campaign_id, received_rials=0, gifts=0)
            db.session.add(rollup)
        rollup.received_rials += delta.rials
        rollup.gifts += delta.gifts
        rollup.upto_seq = upto_seq
        rollup.last_gift_at = max(filter(None, (rollup.last_gift_at, delta.last_at)), default=None)
    db.session.flush()
    if deltas:
        stamps.bump(stamps.PORTAL, *map(stamps.of_campaign, deltas))
