"""How each engine is opened (reliability: WAL, FULL, BEGIN IMMEDIATE for writes; see README «Databases»).

On SQLite a transaction that will write must say so when it begins: a deferred BEGIN that later wants to write
fails at once with BUSY_SNAPSHOT, whatever the busy timeout. Requests that only read set `reading`.

SQLite lets one writer in and has the others ask again after ever longer naps. Writers therefore wait for their
turn before they ask (`base.turns`), where the next one wakes at once.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import InvalidatePoolError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from campaigns.base.turns import Turns

BUSY_TIMEOUT_MS = 5_000
PREPARE_AFTER = 5  # times a connection has run a statement: psycopg's own default
RESTED_SECONDS = 1.0
LARGEST_LOG = 64 * 1024 * 1024  # bytes
WAL_RESET_FIXED = (3, 51, 3)
"""https://sqlite.org/wal.html#walresetbug: older ones may lose a commit when two connections checkpoint."""

reading: ContextVar[bool] = ContextVar("reading", default=False)
_single: ContextVar[bool] = ContextVar("single", default=False)
_passing: ContextVar[bool] = ContextVar("passing", default=False)


@contextmanager
def single() -> Iterator[None]:
    """The transaction begun inside is one statement: PostgreSQL needs no BEGIN and no COMMIT around it."""
    token = _single.set(True)
    try:
        yield
    finally:
        _single.reset(token)


@contextmanager
def passing() -> Iterator[None]:
    """Transactions begun inside need not outlive a power cut, only a crash: what they write is a note for other
    processes, and the next lasting commit makes it last too (SQLite writes its log in order). SQLite then commits
    without waiting for the disk; elsewhere nothing changes.
    """
    token = _passing.set(True)
    try:
        yield
    finally:
        _passing.reset(token)


def engine_options(url: str, *, prepared: bool = True) -> dict[str, Any]:
    """Options for `create_engine`. `prepared`: PostgreSQL may keep the plans of statements it has seen often; off
    behind a PgBouncer before 1.21, which mixes them up.
    """
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False}}
    threshold = PREPARE_AFTER if prepared else None
    return {"connect_args": {"prepare_threshold": threshold}, "pool_size": 10}


def checkpoints_by_worker() -> bool:
    """Whether this SQLite needs the cure: no automatic checkpoints, one place that truncates the WAL."""
    return sqlite3.sqlite_version_info < WAL_RESET_FIXED


def prepare(engine: Engine) -> None:
    """Hooks the pragmas and the kind of transaction onto an engine. A forked process opens connections of its own."""
    os.register_at_fork(after_in_child=partial(engine.dispose, close=False))
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    else:
        event.listen(engine, "begin", _begin_postgresql)
        event.listen(engine, "checkin", _note_use)
        event.listen(engine, "checkout", partial(_ask_the_rested, engine))


def _prepare_sqlite(engine: Engine) -> None:
    turns = Turns(engine.url.database)

    def begin(connection: Connection) -> None:
        if reading.get():
            _say(connection, "BEGIN")
            return
        turns.take(connection)
        lasting = "NORMAL" if _passing.get() else "FULL"
        if connection.info.get("synchronous") != lasting:
            _say(connection, f"PRAGMA synchronous={lasting}")
            connection.info["synchronous"] = lasting
        _say(connection, "BEGIN IMMEDIATE")

    event.listen(engine, "connect", _open)
    event.listen(engine, "begin", begin)
    event.listen(engine, "checkin", _end)
    event.listen(engine, "checkin", turns.give)
    event.listen(engine, "invalidate", turns.give)


def _say(connection: Connection, words: str) -> None:
    """Straight to the driver: a gift begins four transactions, and SQLAlchemy's own way costs more than SQLite's."""
    driver: Any = connection.connection.dbapi_connection
    try:
        driver.execute(words)
    except sqlite3.OperationalError as error:
        raise OperationalError(words, None, error) from error


def _end(connection: sqlite3.Connection | None, _entry: object) -> None:
    """A COMMIT that fails, as on a full disk, leaves its transaction open, and SQLAlchemy takes it for ended: lent
    again like that, the connection would keep every writer out.
    """
    if connection is not None and connection.in_transaction:
        connection.rollback()


def _begin_postgresql(connection: Connection) -> None:
    """Who only reads needs no BEGIN and no ROLLBACK: READ COMMITTED shows each statement the newest anyway."""
    driver: Any = connection.connection.dbapi_connection
    wanted = reading.get() or _single.get()
    if driver.autocommit != wanted:
        driver.autocommit = wanted


def _note_use(_connection: object, entry: ConnectionPoolEntry) -> None:
    entry.info["used_at"] = monotonic()


def _ask_the_rested(engine: Engine, connection: Any, entry: ConnectionPoolEntry, _lent: object) -> None:
    """A connection that has rested may have died with its server: it is asked before it is lent, and all are made
    anew when it does not answer. SQLAlchemy's own `pool_pre_ping` asks each time: four more round trips a gift.
    """
    if monotonic() - entry.info.get("used_at", monotonic()) < RESTED_SECONDS:
        return
    try:
        engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error


def checkpoint(engine: Engine) -> bool:
    """Folds the WAL into the database file. True when all of it was, False when readers were in the way.

    The file keeps its size and is written over (half the price of growing it again) until it is too large.
    Both modes take the writer's lock first, as the cure for the WAL-reset bug asks.
    On the driver's own connection: a checkpoint inside a transaction is refused.
    """
    log = Path(f"{engine.url.database}-wal")
    mode = "TRUNCATE" if log.exists() and log.stat().st_size > LARGEST_LOG else "RESTART"
    connection = engine.raw_connection()
    try:
        row = connection.cursor().execute(f"PRAGMA wal_checkpoint({mode})").fetchone()
    finally:
        connection.close()
    return bool(row[0] == 0)


def _open(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's `begin` event decides, not the driver
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    if checkpoints_by_worker():
        connection.execute("PRAGMA wal_autocheckpoint=0")
