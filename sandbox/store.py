"""The bank's book: one SQLite file, one connection, one writer at a time."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BOOK = 3
"""The number of this schema. A practice book of another is put aside: its money was never real."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS session (
    authority TEXT PRIMARY KEY,
    gateway TEXT NOT NULL,
    merchant_id TEXT NOT NULL,
    rials INTEGER NOT NULL CHECK (rials > 0),
    description TEXT NOT NULL,
    callback_url TEXT NOT NULL,
    order_id TEXT NOT NULL,
    auto_verify INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    ref_id INTEGER UNIQUE,
    verify_calls INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    due_at INTEGER,
    paid_at INTEGER,
    verified_at INTEGER,
    receipt TEXT UNIQUE,
    lazy INTEGER NOT NULL DEFAULT 0,
    by_get INTEGER NOT NULL DEFAULT 0,
    contract TEXT
);
CREATE INDEX IF NOT EXISTS session_due ON session (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS session_of_contract ON session (contract) WHERE contract IS NOT NULL;
CREATE TABLE IF NOT EXISTS contract (
    authority TEXT PRIMARY KEY,
    merchant_id TEXT NOT NULL,
    mobile TEXT NOT NULL,
    expire_at INTEGER NOT NULL,
    max_daily_count INTEGER NOT NULL,
    max_monthly_count INTEGER NOT NULL,
    max_rials INTEGER NOT NULL,
    callback_url TEXT NOT NULL,
    state TEXT NOT NULL,
    bank_code TEXT,
    signature TEXT UNIQUE,
    created_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS text_message (
    reference TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    body TEXT NOT NULL,
    taken_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS session_of_merchant ON session (merchant_id, state, paid_at);
"""


class Store:
    """Every read and write stands in `transaction()`: all or nothing, one after the other."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._lay_out()

    def _lay_out(self) -> None:
        (book,) = self._connection.execute("PRAGMA user_version").fetchone()
        if book != BOOK:
            for table in ("session", "contract"):
                self._connection.execute(f"DROP TABLE IF EXISTS {table}")
        self._connection.executescript(SCHEMA)
        self._connection.execute(f"PRAGMA user_version = {BOOK}")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()
