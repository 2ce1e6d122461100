"""The books as they lie on disk, read with plain SQL: neither the site's code nor the bank's has a word in it."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

_POSTED = """
SELECT t.kind, x.rials, a.gateway_ref, g.code, c.slug FROM ledger_txn t
JOIN ledger_transfer x ON x.txn_id = t.id AND x.leg = 0
LEFT JOIN payment_attempt a ON t.reference_kind = 'attempt' AND a.id = t.reference_id
LEFT JOIN contribution g ON g.id = a.contribution_id
LEFT JOIN campaign c ON c.id = t.campaign_id"""
_GIFTS = "SELECT code, rials, form_key FROM contribution"
_BARS = """
SELECT c.slug, c.public_id, coalesce(r.received_rials, 0), coalesce(r.gifts, 0) FROM campaign c
LEFT JOIN campaign_rollup r ON r.campaign_id = c.id ORDER BY c.id"""
_LETTERS = "SELECT dedupe_key FROM letter"
_ATTEMPTS = (
    "SELECT gateway_ref, state, tries, next_check_at FROM payment_attempt WHERE gateway_ref IS NOT NULL"
)
_OPEN = "SELECT (SELECT count(*) FROM ledger_unplaced)"


@dataclass(frozen=True)
class Posted:
    """A transaction of the ledger. `authority`: the bank's name of the session it stands for."""

    kind: str
    rials: int
    authority: str | None
    code: str | None
    slug: str | None


@dataclass(frozen=True)
class Session:
    """A session in the bank's own book."""

    authority: str
    rials: int
    state: str


@dataclass(frozen=True)
class Bar:
    slug: str
    public_id: str
    rials: int
    gifts: int


class Books:
    """Reads anew at each question."""

    def __init__(self, url: str, bank: Path) -> None:
        self._engine, self._bank = create_engine(url, poolclass=NullPool), bank

    def posted(self) -> list[Posted]:
        return [Posted(*row) for row in self._rows(_POSTED)]

    def gifts(self) -> dict[str, int]:
        """Rials by tracking code."""
        return {row[0]: row[1] for row in self._rows(_GIFTS)}

    def bars(self) -> list[Bar]:
        return [Bar(*row) for row in self._rows(_BARS)]

    def letters(self) -> list[str]:
        return [row[0] for row in self._rows(_LETTERS)]

    def sessions(self) -> list[Session]:
        book = sqlite3.connect(self._bank, timeout=30)
        try:
            return [Session(*row) for row in book.execute("SELECT authority, rials, state FROM session")]
        finally:
            book.close()

    def waits(self) -> str:
        """What is not at rest yet, in words; empty when all is."""
        unplaced, unsettled = self._rows(_OPEN)[0][0], self._unsettled()
        unverified = sum(one.state == "PAID" for one in unsettled)
        unposted = len(unsettled) - unverified
        if not unplaced + len(unsettled):
            return ""
        return f"{unverified} payments not verified, {unposted} not posted, {unplaced} entries not placed"

    def stories(self) -> list[str]:
        """Of each payment that the bank has and the ledger has not: what we think of it, and when we ask again."""
        attempts = {row[0]: row[1:] for row in self._rows(_ATTEMPTS)}
        nobody = ("unknown to us", 0, None)
        told = [(one, attempts.get(one.authority, nobody)) for one in self._unsettled()]
        return [
            f"{one.authority}: {one.state} at the bank, {state} with us, asked {tries} times, again at {at}"
            for one, (state, tries, at) in told
        ]

    def _unsettled(self) -> list[Session]:
        known = {one.authority for one in self.posted()}
        paid = [one for one in self.sessions() if one.state in {"PAID", "VERIFIED"}]
        return [one for one in paid if one.state == "PAID" or one.authority not in known]

    def _rows(self, query: str) -> Sequence[Any]:
        with self._engine.connect() as connection:
            return connection.execute(text(query)).all()
