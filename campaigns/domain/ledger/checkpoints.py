"""The signed figures of each Tehran day. Making them does not commit."""

from collections.abc import Sequence
from datetime import date, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select

from campaigns.base import stamps
from campaigns.base.chain import canonical
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import day_start, tehran_day
from campaigns.base.signing import public_bytes
from campaigns.domain.ledger.models import LedgerPlace
from campaigns.domain.ledger.rollup import alone
from campaigns.domain.ledger.seal_models import LedgerCheckpoint
from campaigns.domain.ledger.tree import KeptTree

A_DAY = timedelta(days=1)
PURPOSE = b"pooyesh ledger checkpoint\n"
"""Stands before what is signed: a signature made for one purpose is worth nothing for another."""


def statement(day: date, size: int, root: bytes, head: bytes) -> bytes:
    """What is signed: the purpose, then `{"day","head","root","size"}` in its canonical form."""
    figures = {"day": day.isoformat(), "head": head.hex(), "root": root.hex(), "size": size}
    return PURPOSE + canonical(figures)


def seal_days(key: Ed25519PrivateKey) -> int:
    """Makes the checkpoint of every day that is over and has none yet; returns how many.

    The first of all is yesterday's: nobody signs for days on which nobody signed.
    """
    yesterday = tehran_day(now()) - A_DAY
    if not alone():  # first: what was read before the lock may be what another worker has just added to
        return 0
    day = db.session.scalar(select(func.max(LedgerCheckpoint.day)))
    day = yesterday if day is None else day + A_DAY
    made = 0
    while day <= yesterday:
        made += _seal_day(day, key)
        day += A_DAY
    if made:
        stamps.bump(stamps.LEDGER)
    return made


def newest(limit: int, *, before: date | None = None, skip: int = 0) -> Sequence[LedgerCheckpoint]:
    """Checkpoints, the newest first."""
    query = select(LedgerCheckpoint).order_by(LedgerCheckpoint.day.desc()).limit(limit).offset(skip)
    return db.session.scalars(query if before is None else query.where(LedgerCheckpoint.day < before)).all()


def of_day(day: date) -> LedgerCheckpoint | None:
    return db.session.get(LedgerCheckpoint, day)


def covering(seq: int) -> LedgerCheckpoint | None:
    """The first signed one that holds entry `seq`: always the same, so a proof can be printed."""
    query = select(LedgerCheckpoint).where(LedgerCheckpoint.tree_size >= seq)
    return db.session.scalar(query.order_by(LedgerCheckpoint.day).limit(1))


def _seal_day(day: date, key: Ed25519PrivateKey) -> int:
    """The entries placed before the day ended, if there are any."""
    last = (
        select(LedgerPlace.seq, LedgerPlace.hash)
        .where(LedgerPlace.placed_at < day_start(day + A_DAY))
        .order_by(LedgerPlace.seq.desc())
        .limit(1)
    )
    row = db.session.execute(last).one_or_none()
    if row is None:
        return 0
    root = KeptTree(db.session).root(row.seq)
    made = LedgerCheckpoint(
        day=day,
        tree_size=row.seq,
        root=root,
        head=row.hash,
        public_key=public_bytes(key),
        signature=key.sign(statement(day, row.seq, root, row.hash)),
    )
    db.session.add(made)
    db.session.flush()
    return 1
