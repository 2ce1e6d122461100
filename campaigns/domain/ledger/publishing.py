"""The public book as files: what everybody may download, keep and check (`tools/verify_ledger.py`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, Row, func, select
from sqlalchemy.orm import Session

from campaigns.base.chain import BEGINNING, canonical
from campaigns.base.engine import reading
from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.ledger.checkpoints import covering
from campaigns.domain.ledger.entries import by_seq
from campaigns.domain.ledger.leaf import leaf
from campaigns.domain.ledger.models import CampaignRollup, LedgerPlace
from campaigns.domain.ledger.seal_models import LedgerCheckpoint
from campaigns.domain.ledger.sealing import newest
from campaigns.domain.ledger.tree import KeptTree

AT_ONCE = 1_000


def lines(engine: Engine, first: int, last: int) -> Iterator[bytes]:
    """The lines of entries `first` to `last`, made from the book as it stands now; a thousand at a time.

    Each thousand is a transaction of its own: a slow reader holds none open.
    """
    for start in range(first, last + 1, AT_ONCE):
        with _reader(engine) as session:
            rows = by_seq(session, start, min(start + AT_ONCE - 1, last), links=True)
            made = [_line(place, leaf(place.seq, entry)) for place, entry in rows]
        yield b"".join(made)


def totals() -> dict[str, Any]:
    """How long the book is, its newest link, and what the bars of campaigns say, by public id: at one moment,
    for it is one statement.
    """
    last = select(func.max(LedgerPlace.seq)).scalar_subquery()
    head = select(LedgerPlace.seq, LedgerPlace.hash).where(LedgerPlace.seq == last).subquery()
    bars = (
        select(head.c.seq, head.c.hash, Campaign.public_id, CampaignRollup.received_rials)
        .select_from(head)
        .outerjoin(CampaignRollup, CampaignRollup.received_rials != 0)
        .outerjoin(Campaign, Campaign.id == CampaignRollup.campaign_id)
    )
    rows = db.session.execute(bars).all()
    received = {row.public_id: row.received_rials for row in rows if row.public_id is not None}
    size, newest_hash = (rows[0].seq, rows[0].hash) if rows else (0, BEGINNING)
    return {"entries": size, "head": newest_hash.hex(), "received": received}


def published(checkpoint: LedgerCheckpoint) -> dict[str, Any]:
    """A checkpoint as everybody sees it: bytes as hexadecimal digits."""
    return {
        "day": checkpoint.day.isoformat(),
        "head": checkpoint.head.hex(),
        "key": checkpoint.public_key.hex(),
        "root": checkpoint.root.hex(),
        "signature": checkpoint.signature.hex(),
        "size": checkpoint.tree_size,
    }


def checkpoint_line(checkpoint: LedgerCheckpoint) -> bytes:
    return canonical(published(checkpoint)) + b"\n"


def growth(earlier: LedgerCheckpoint, later: LedgerCheckpoint) -> list[str]:
    """The proof that the book of one day is the beginning of that of a later day (RFC 6962, 2.1.2)."""
    proof = KeptTree(db.session).consistency(earlier.tree_size, later.tree_size)
    return [step.hex() for step in proof]


def proofs(commitment: bytes) -> list[dict[str, Any]]:
    """The entries that carry a donor's commitment, each with its path to the root of the first signed tree that
    holds it; to the present root, and no checkpoint, where none is signed yet.
    """
    mine = select(LedgerPlace.seq).where(LedgerPlace.commitment == commitment).order_by(LedgerPlace.seq)
    return [found for seq in db.session.scalars(mine).all() for found in _proof(seq)]


def _proof(seq: int) -> Iterator[dict[str, Any]]:
    signed = covering(seq)
    size = signed.tree_size if signed else newest()[0]
    tree = KeptTree(db.session)
    root, path = tree.root(size), tree.inclusion(seq, size)
    for place, entry in by_seq(db.session, seq, seq):
        yield {
            "leaf": entry.public(seq),
            "hash": place.hash.hex(),
            "size": size,
            "root": root.hex(),
            "path": [step.hex() for step in path],
            "checkpoint": published(signed) if signed else None,
        }


def _line(place: Row[Any], text: bytes) -> bytes:
    previous, own = place.prev_hash.hex().encode(), place.hash.hex().encode()
    return b'{"hash":"%b","leaf":%b,"prev":"%b"}\n' % (own, text, previous)


@contextmanager
def _reader(engine: Engine) -> Iterator[Session]:
    """A session that takes no writer's lock."""
    token = reading.set(True)
    try:
        with Session(engine) as session:
            yield session
    finally:
        reading.reset(token)
