"""Sealing: entries get their place in the chain and in the tree. Called by the one who places (`rollup`)."""

from collections.abc import Sequence

from sqlalchemy import insert, select

from campaigns.base.chain import BEGINNING, link
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.merkle import leaf_hash
from campaigns.domain.ledger.leaf import Entry, leaf
from campaigns.domain.ledger.models import LedgerPlace
from campaigns.domain.ledger.seal_models import LedgerSubtree
from campaigns.domain.ledger.tree import grown


def seal(entries: Sequence[Entry]) -> int:
    """Writes the places of `entries` behind the last one. Returns the new last number. Does not commit.

    The caller is alone: two who sealed at once would make two books.
    """
    size, head = newest()
    moment = now()
    rows: list[dict[str, object]] = []
    leaves: list[bytes] = []
    for seq, entry in enumerate(entries, start=size + 1):
        data = leaf(seq, entry)
        previous, head = head, link(head, data)
        leaves.append(leaf_hash(data))
        rows.append(
            {
                "seq": seq,
                "txn_id": entry.txn_id,
                "prev_hash": previous,
                "hash": head,
                "leaf_hash": leaves[-1],
                "commitment": entry.commitment,
                "placed_at": moment,
            }
        )
    subtrees = grown(db.session, size, leaves)
    db.session.execute(_PLACES, rows)
    if subtrees:
        db.session.execute(_SUBTREES, subtrees)
    return size + len(rows)


def newest() -> tuple[int, bytes]:
    """How long the sealed book is, and the newest link of its chain."""
    row = db.session.execute(_NEWEST).one_or_none()
    return (0, BEGINNING) if row is None else (row.seq, row.hash)


_PLACES = insert(LedgerPlace.__table__)  # type: ignore[arg-type]
_SUBTREES = insert(LedgerSubtree.__table__)  # type: ignore[arg-type]
_NEWEST = select(LedgerPlace.seq, LedgerPlace.hash).order_by(LedgerPlace.seq.desc()).limit(1)
