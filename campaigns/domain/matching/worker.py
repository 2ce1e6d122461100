"""The worker's part of matching: reads the book in its order and doubles each gift a pool covers, exactly once.

The donor's request does nothing for it. Where the worker has looked up to, what a pool has left and the entries in
the book change in one transaction: a worker that is killed loses nothing and repeats nothing.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select, update

from campaigns.base import stamps
from campaigns.base.conflicts import insert_first
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import DIRECT, Kind
from campaigns.domain.ledger.models import LedgerAccount, LedgerPlace, LedgerTransfer, LedgerTxn
from campaigns.domain.matching.models import MatchCursor, MatchPool, State
from campaigns.domain.matching.pools import STAMP

BATCH = 500
_THE_ROW = 1


class Gift(NamedTuple):
    """A gift as the book has it."""

    txn: LedgerTxn
    rials: int


def match() -> int:
    """Looks at up to 500 places of the book. Returns how many; 0: all is matched. Does not commit.

    One at a time: whoever holds the cursor's row looks, others wait and find nothing left.
    """
    upto = _held_cursor()
    last = db.session.scalar(select(func.max(LedgerPlace.seq)).where(LedgerPlace.seq <= upto + BATCH)) or 0
    if last <= upto:
        return 0
    pools = _open_pools()
    done = [_matched(gift, pools) for gift in _gifts(upto, last)] if pools else []
    if any(done):
        stamps.bump(STAMP)
    db.session.execute(update(MatchCursor).values(upto_seq=last))
    return last - upto


def _held_cursor() -> int:
    db.session.execute(insert_first(MatchCursor, "id"), {"id": _THE_ROW, "upto_seq": 0})
    return db.session.execute(select(MatchCursor.upto_seq).with_for_update()).scalar_one()


def _open_pools() -> list[MatchPool]:
    query = select(MatchPool).where(
        MatchPool.state == State.OPEN.value, MatchPool.matched_rials < MatchPool.cap_rials
    )
    ordered = query.order_by(MatchPool.position, MatchPool.id)
    return list(db.session.scalars(ordered.execution_options(populate_existing=True)))


def _gifts(after: int, last: int) -> list[Gift]:
    """The gifts placed there, with what each brought to its campaign, in the order of the book."""
    query = (
        select(LedgerTxn, func.sum(LedgerTransfer.rials))
        .join(LedgerPlace, LedgerPlace.txn_id == LedgerTxn.id)
        .join(LedgerTransfer, LedgerTransfer.txn_id == LedgerTxn.id)
        .join(LedgerAccount, LedgerAccount.id == LedgerTransfer.credit_id)
        .where(
            LedgerPlace.seq > after,
            LedgerPlace.seq <= last,
            LedgerTxn.kind.in_(DIRECT),
            LedgerAccount.campaign_id == LedgerTxn.campaign_id,
        )
        .group_by(LedgerTxn.id, LedgerPlace.seq)
        .order_by(LedgerPlace.seq)
    )
    return [Gift(txn, int(rials)) for txn, rials in db.session.execute(query)]


def _matched(gift: Gift, pools: Sequence[MatchPool]) -> bool:
    """The first pool with anything left matches; the rest of a gift that reaches its cap is not matched."""
    for pool in pools:
        rials = min(gift.rials, pool.cap_rials - pool.matched_rials)
        if rials > 0 and _covers(pool, gift.txn):
            _take(pool, rials)
            _post(pool, gift.txn, rials)
            return True
    return False


def _covers(pool: MatchPool, txn: LedgerTxn) -> bool:
    here = pool.campaign_id in {None, txn.campaign_id}
    was_open = pool.decided_at is not None and txn.occurred_at >= pool.decided_at
    return here and was_open and pool.first_day <= tehran_day(txn.occurred_at) <= pool.last_day


def _take(pool: MatchPool, rials: int) -> None:
    """The row itself refuses to pass the cap (`IntegrityError`), whatever this process believes."""
    taken = (
        update(MatchPool).where(MatchPool.id == pool.id).values(matched_rials=MatchPool.matched_rials + rials)
    )
    db.session.execute(taken.execution_options(synchronize_session=False))
    db.session.refresh(pool)


def _post(pool: MatchPool, txn: LedgerTxn, rials: int) -> None:
    """A free gift of the sponsor, whatever the intent of the gift it doubles: that one is its giver's alone."""
    assert txn.campaign_id is not None
    own = accounts.campaign(txn.campaign_id, Intent.SADAQAH.value)
    post(
        f"match:{txn.idempotency_key}",
        Kind.MATCH,
        [Leg(accounts.pool(pool.public_id), own, rials)],
        occurred_at=txn.occurred_at,
        campaign_id=txn.campaign_id,
        reference=("match_pool", pool.id),
    )
