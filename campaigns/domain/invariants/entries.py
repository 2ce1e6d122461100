"""Reading the book entry by entry: transfers, chain, tree, mirrors, signed days (I1, I7, I16)."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from campaigns.base.chain import BEGINNING, link
from campaigns.base.extensions import db
from campaigns.base.merkle import fold, leaf_hash
from campaigns.base.signing import is_signed
from campaigns.domain.invariants.contract import Look, Span
from campaigns.domain.ledger.breaches import Found
from campaigns.domain.ledger.checkpoints import statement
from campaigns.domain.ledger.entries import by_seq, by_txn
from campaigns.domain.ledger.leaf import Entry, leaf
from campaigns.domain.ledger.models import LedgerPlace, LedgerTxn
from campaigns.domain.ledger.seal_models import LedgerCheckpoint, LedgerSubtree
from campaigns.domain.ledger.tree import GROUP, STEP, KeptTree, TornTree

CHUNK = 4 * GROUP


def read_through(spans: Sequence[Span]) -> Iterator[Found]:
    for span in spans:
        for first in range(span.first, span.last + 1, CHUNK):
            yield from _chunk(Span(first, min(first + CHUNK - 1, span.last)))
        yield from _higher_subtrees(span)
        yield from _signed_days(span)


def _chunk(span: Span) -> Iterator[Found]:
    """Recomputes every link and leaf from the rows as they are now."""
    before = select(LedgerPlace.hash).where(LedgerPlace.seq == span.first - 1)
    head = db.session.scalar(before) or BEGINNING
    rows = {place.seq: (place, entry) for place, entry in by_seq(db.session, *span)}
    leaves: list[bytes] = []
    for seq in range(span.first, span.last + 1):
        if seq not in rows:
            yield Found("I7", f"entry {seq} is missing")
            return
        place, entry = rows[seq]
        data = leaf(seq, entry)
        leaves.append(leaf_hash(data))
        if not entry.moves:
            yield Found("I1", f"entry {seq} moves no money")
        sealed = (place.prev_hash, place.hash, place.leaf_hash, place.commitment)
        if sealed != (head, link(head, data), leaves[-1], entry.commitment):
            yield Found("I7", f"entry {seq} is not what was sealed")
        head = place.hash
    yield from _subtrees(span, leaves)
    yield from _mirrors([entry for _place, entry in rows.values()])


def _subtrees(span: Span, leaves: Sequence[bytes]) -> Iterator[Found]:
    """The first kept level, over the complete groups of these leaves."""
    start = -(-(span.first - 1) // GROUP)
    kept = _kept(STEP, start, span.last // GROUP)
    for number in range(start, span.last // GROUP):
        at = number * GROUP - (span.first - 1)
        if kept.get(number) != fold(leaves[at : at + GROUP]):
            yield Found("I7", f"subtree {number} of level {STEP} is not that of its leaves")


def _higher_subtrees(span: Span) -> Iterator[Found]:
    level, size = STEP, span.last // GROUP
    while size >= GROUP:
        tree = KeptTree(db.session)
        kept = _kept(level + STEP, 0, size // GROUP)
        for number in range(size // GROUP):
            below = tree.group(level, number)
            if len(below) != GROUP or kept.get(number) != fold(below):
                yield Found("I7", f"subtree {number} of level {level + STEP} is not that of its subtrees")
        level, size = level + STEP, size // GROUP


def _kept(level: int, first: int, end: int) -> dict[int, bytes]:
    within = LedgerSubtree.number.between(first, end - 1)
    query = select(LedgerSubtree.number, LedgerSubtree.hash).where(LedgerSubtree.level == level, within)
    return {row.number: row.hash for row in db.session.execute(query)}


def _signed_days(span: Span) -> Iterator[Found]:
    query = (
        select(LedgerCheckpoint, LedgerPlace.hash)
        .outerjoin(LedgerPlace, LedgerPlace.seq == LedgerCheckpoint.tree_size)
        .where(LedgerCheckpoint.tree_size.between(*span))
        .order_by(LedgerCheckpoint.day)
    )
    for one, head in db.session.execute(query):
        if (one.head, one.root) != (head, _root(one.tree_size)):
            yield Found("I7", f"the book is not the one that was signed on {one.day}")
        if not is_signed(
            one.public_key, one.signature, statement(one.day, one.tree_size, one.root, one.head)
        ):
            yield Found("I7", f"the signature of {one.day} is wrong")


def _root(size: int) -> bytes | None:
    try:
        return KeptTree(db.session).root(size)
    except TornTree:
        return None


def _mirrors(entries: Sequence[Entry]) -> Iterator[Found]:
    """Each reversal moves exactly what it reverses back."""
    mirrored = [entry for entry in entries if entry.reverses is not None]
    if not mirrored:
        return
    names = [entry.reverses for entry in mirrored]
    query = select(LedgerTxn.public_id, LedgerTxn.id).where(LedgerTxn.public_id.in_(names))
    ids = {row.public_id: row.id for row in db.session.execute(query)}
    originals = by_txn(db.session, list(ids.values()))
    for entry in mirrored:
        original = originals[ids[entry.reverses or ""]]
        there = sorted((move.debit.code, move.credit.code, move.rials) for move in original.moves)
        back = sorted((move.credit.code, move.debit.code, move.rials) for move in entry.moves)
        if there != back or original.campaign_id != entry.campaign_id:
            yield Found("I16", f"transaction {entry.public_id} does not mirror {entry.reverses}")


LOOKS = (Look(("I1", "I7", "I16"), read_through),)
