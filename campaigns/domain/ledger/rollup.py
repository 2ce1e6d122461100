"""The worker's part of the book: seals settled transactions in their place and keeps each campaign's rollup.

One place at a time: on PostgreSQL a transaction-level advisory lock, on SQLite the writer's lock that BEGIN
IMMEDIATE takes. A place is given after the donor's commit, so no row is skipped by ids that commit out of
order.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, text

from campaigns.base import stamps
from campaigns.base.among import among
from campaigns.base.extensions import db
from campaigns.domain.campaigns.clones import parents_of
from campaigns.domain.ledger import days, flows
from campaigns.domain.ledger.entries import by_txn
from campaigns.domain.ledger.kinds import GIFTS, SPENDING_KINDS, TURNS, Kind
from campaigns.domain.ledger.leaf import Entry
from campaigns.domain.ledger.models import CampaignRollup, LedgerUnplaced
from campaigns.domain.ledger.sealing import seal

BATCH = 500
LOCK_NUMBER = 700_1405  # any number of our own; pg_try_advisory_xact_lock is database-wide


@dataclass
class Delta:
    """What a batch of transactions changes for one campaign."""

    rials: int = 0
    gifts: int = 0
    last_at: datetime | None = None


def place() -> int:
    """Seals up to 500 transactions in their places and moves the rollups of their campaigns. Returns how many.
    Does not commit.

    Their pages are marked as old in the same transaction: never by a donor's request.
    """
    if not alone():
        return 0
    waiting = list(
        db.session.scalars(select(LedgerUnplaced.txn_id).order_by(LedgerUnplaced.txn_id).limit(BATCH))
    )
    if not waiting:
        return 0
    found = by_txn(db.session, waiting)
    entries = [found[txn_id] for txn_id in waiting]
    last = seal(entries)
    _taken(waiting)
    days.add(entries)
    flows.add(entries)
    _move(_deltas(entries), last)
    return len(waiting)


def _taken(waiting: Sequence[int]) -> None:
    """They wait no more. The span says nothing new, but it is cheap to compare with: PostgreSQL, which believes a
    table that was often empty to be small, reads all of it and would compare every row with each of the numbers.
    """
    span = LedgerUnplaced.txn_id.between(waiting[0], waiting[-1])
    placed = delete(LedgerUnplaced).where(span, among(db.session, LedgerUnplaced.txn_id, waiting))
    db.session.execute(placed.execution_options(synchronize_session=False))


def alone() -> bool:
    """Whether this transaction is the one that may write to the sealed book; it stays so until it ends."""
    if db.engine.dialect.name != "postgresql":
        return True
    return bool(db.session.scalar(text("SELECT pg_try_advisory_xact_lock(:number)"), {"number": LOCK_NUMBER}))


def _deltas(entries: Sequence[Entry]) -> dict[int, Delta]:
    """By campaign; what `queries.disagreements` sums up in its own, slower way."""
    found: dict[int, Delta] = defaultdict(Delta)
    for entry in entries:
        for account, rials in entry.brought() if entry.kind not in SPENDING_KINDS else ():
            found[account.campaign_id or 0].rials += rials
        if entry.kind in SPENDING_KINDS and entry.campaign_id is not None:
            found[entry.campaign_id].rials += 0  # its bar stays, its page says what is spent
        if entry.kind in TURNS and entry.campaign_id is not None:
            found[entry.campaign_id].gifts += -1 if entry.kind == Kind.WHOLE_REFUND else 1
        if entry.kind in GIFTS and entry.campaign_id is not None:
            delta = found[entry.campaign_id]
            delta.gifts += entry.gifts
            delta.last_at = max(filter(None, (delta.last_at, entry.occurred_at)))
        if entry.reverses_kind in GIFTS and entry.reverses_campaign_id is not None:
            found[entry.reverses_campaign_id].gifts -= entry.gifts
    return found


def _move(deltas: dict[int, Delta], upto_seq: int) -> None:
    """Adds the deltas to the rollups. All stamps are bumped at once, in one order: no deadlocks. The page of a
    national campaign shows what its provinces received.
    """
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
    shown = {*deltas, *parents_of(deltas)} if deltas else ()
    pages = (stamps.PORTAL, *map(stamps.of_campaign, shown)) if deltas else ()
    stamps.bump(stamps.LEDGER, *pages)
