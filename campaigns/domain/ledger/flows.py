"""Sums of the whole book by Tehran day, pair of accounts and kind; moved by the one who places.

What a terminal holds since when, and what came by which way on which day, is read from these few rows and not from
the transfers, of which there may be millions.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, case
from sqlalchemy.orm import Mapped, mapped_column

from campaigns.base import conflicts
from campaigns.base.columns import Rials
from campaigns.base.extensions import Model, db
from campaigns.domain.ledger.leaf import Entry

Key = tuple[date, int, int, str]


class LedgerFlow(Model):
    """What the placed entries of one kind moved from one account to another on one Tehran day. `first_txn` and
    `last_txn` are the least and the greatest row id among them, so that they can be read without a search.
    Recomputable at any time.
    """

    __tablename__ = "ledger_flow"
    __table_args__ = (
        Index("ix_ledger_flow_debit", "debit_id", "day"),
        Index("ix_ledger_flow_credit", "credit_id", "day"),
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    debit_id: Mapped[int] = mapped_column(ForeignKey("ledger_account.id"), primary_key=True)
    credit_id: Mapped[int] = mapped_column(ForeignKey("ledger_account.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    rials: Mapped[Rials]
    moves: Mapped[int]
    first_txn: Mapped[int] = mapped_column(BigInteger)
    last_txn: Mapped[int] = mapped_column(BigInteger)


def add(entries: Sequence[Entry]) -> None:
    """Adds placed entries to the sums. Does not commit."""
    rows = summed(entries)
    if not rows:
        return
    row = conflicts.insert(LedgerFlow)
    new, kept = row.excluded, LedgerFlow
    upsert = row.on_conflict_do_update(
        index_elements=["day", "debit_id", "credit_id", "kind"],
        set_={
            "rials": kept.rials + new.rials,
            "moves": kept.moves + new.moves,
            "first_txn": case((kept.first_txn < new.first_txn, kept.first_txn), else_=new.first_txn),
            "last_txn": case((kept.last_txn > new.last_txn, kept.last_txn), else_=new.last_txn),
        },
    )
    db.session.execute(upsert, rows)


def summed(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Rows for these entries, in the order of their keys: two who add at once never wait for each other in a ring."""
    found: dict[Key, dict[str, Any]] = {}
    for entry in entries:
        for move in entry.moves:
            key = (entry.day, move.debit.id, move.credit.id, entry.kind)
            row = found.setdefault(key, _empty(key, entry.txn_id))
            row["rials"] += move.rials
            row["moves"] += 1
            row["first_txn"] = min(row["first_txn"], entry.txn_id)
            row["last_txn"] = max(row["last_txn"], entry.txn_id)
    return [found[key] for key in sorted(found)]


def _empty(key: Key, txn_id: int) -> dict[str, Any]:
    day, debit_id, credit_id, kind = key
    names = {"day": day, "debit_id": debit_id, "credit_id": credit_id, "kind": kind}
    return {**names, "rials": 0, "moves": 0, "first_txn": txn_id, "last_txn": txn_id}
