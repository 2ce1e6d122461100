"""Sums of the public book by Tehran day, account of a campaign and kind; moved by the one who places."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from campaigns.base import conflicts
from campaigns.base.extensions import db
from campaigns.domain.ledger.leaf import Entry
from campaigns.domain.ledger.seal_models import LedgerDay

Key = tuple[date, int, str]


def add(entries: Sequence[Entry]) -> None:
    """Adds placed entries to the sums. Does not commit."""
    sums = summed(entries)
    if not sums:
        return
    row = conflicts.insert(LedgerDay)
    more = {
        "rials": LedgerDay.rials + row.excluded.rials,
        "entries": LedgerDay.entries + row.excluded.entries,
    }
    upsert = row.on_conflict_do_update(index_elements=["day", "account_id", "kind"], set_=more)
    db.session.execute(upsert, [_row(key, *sums[key]) for key in sorted(sums)])


def summed(entries: Sequence[Entry]) -> dict[Key, tuple[int, int]]:
    """(rials, number of entries; of a batch, or what takes it back, its gifts) by day, account row id and kind."""
    sums: dict[Key, tuple[int, int]] = {}
    for entry in entries:
        brought: dict[int, int] = {}
        for account, moved in entry.brought():
            brought[account.id] = brought.get(account.id, 0) + moved
        for account_id, moved in brought.items():
            key = (entry.day, account_id, entry.kind)
            rials, number = sums.get(key, (0, 0))
            sums[key] = (rials + moved, number + entry.gifts)
    return sums


def _row(key: Key, rials: int, entries: int) -> dict[str, Any]:
    day, account_id, kind = key
    return {"day": day, "account_id": account_id, "kind": kind, "rials": rials, "entries": entries}
