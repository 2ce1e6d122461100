"""The worker's part of matching: reads the book in its order and doubles each gift that pools cover, exactly once.

The donor's request does nothing for it. Where the worker has looked up to, what a pool has left and the entries in
the book change in one transaction: a worker that is killed loses nothing and repeats nothing.
"""

from typing import NamedTuple

from sqlalchemy import func, select, update

from campaigns.base import stamps
from campaigns.base.conflicts import insert_first
from campaigns.base.extensions import db
from campaigns.domain.ledger.kinds import DIRECT
from campaigns.domain.ledger.models import LedgerAccount, LedgerPlace, LedgerTransfer, LedgerTxn
from campaigns.domain.matching import returning
from campaigns.domain.matching.doubling import double, open_pools
from campaigns.domain.matching.models import MatchCursor
from campaigns.domain.matching.pools import STAMP

BATCH = 500
_THE_ROW = 1


class Line(NamedTuple):
    """A line of the book that matching has to do with. `rials`: what a gift brought to its campaign; else none."""

    seq: int
    txn: LedgerTxn
    rials: int = 0


def match() -> int:
    """Looks at up to 500 places of the book. Returns how many; 0: all is matched. Does not commit.

    One at a time: whoever holds the cursor's row looks, others wait and find nothing left.
    """
    upto = _held_cursor()
    last = db.session.scalar(select(func.max(LedgerPlace.seq)).where(LedgerPlace.seq <= upto + BATCH)) or 0
    if last <= upto:
        return 0
    turns = _turns(upto, last)
    gifts = _gifts(upto, last) if turns or open_pools() else []
    lines = sorted([*gifts, *turns], key=lambda line: line.seq)
    changed = [_followed(line) for line in lines]
    if any(changed):
        stamps.bump(STAMP)
    db.session.execute(update(MatchCursor).values(upto_seq=last))
    return last - upto


def _followed(line: Line) -> bool:
    """Whether a pool has changed with it."""
    if line.rials:
        return double(line.txn, line.rials)
    return returning.follow(line.txn)


def _held_cursor() -> int:
    db.session.execute(insert_first(MatchCursor, "id"), {"id": _THE_ROW, "upto_seq": 0})
    return db.session.execute(select(MatchCursor.upto_seq).with_for_update()).scalar_one()


def _gifts(after: int, last: int) -> list[Line]:
    """The gifts placed there, with what each brought to its campaign, in the order of the book."""
    query = (
        select(LedgerPlace.seq, LedgerTxn, func.sum(LedgerTransfer.rials))
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
    )
    return [Line(seq, txn, int(rials)) for seq, txn, rials in db.session.execute(query)]


def _turns(after: int, last: int) -> list[Line]:
    """What took a gift back, or let it stand again."""
    query = (
        select(LedgerPlace.seq, LedgerTxn)
        .join(LedgerPlace, LedgerPlace.txn_id == LedgerTxn.id)
        .where(
            LedgerPlace.seq > after,
            LedgerPlace.seq <= last,
            LedgerTxn.kind.in_(returning.KINDS),
            LedgerTxn.campaign_id.is_not(None),
        )
    )
    return [Line(seq, txn) for seq, txn in db.session.execute(query)]
