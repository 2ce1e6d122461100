"""Turns of those who write to one SQLite file: a lock in memory for the threads of a process, and the one of
them whose turn it is waits for a lock on a file beside the database, against the other processes.

A courtesy on top of SQLite's own lock, not in place of it: whoever takes no turn is still kept out by BEGIN
IMMEDIATE, and a process that dies gives its turn back with its open files.
"""

import fcntl
import os
import sqlite3
from threading import Lock

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

LONGEST_WAIT_SECONDS = 5.0


class Turns:
    """`database`: path of the file; a database in memory has no other processes."""

    def __init__(self, database: str | None) -> None:
        self._path = f"{database}-turn" if database and database != ":memory:" else None
        self._file: int | None = None
        self._thread = Lock()
        os.register_at_fork(after_in_child=self._start_anew)

    def take(self, connection: Connection) -> None:
        """Waits for this connection's turn, which lasts until it is back in its pool: so also while it commits.

        Raises `OperationalError`, as SQLite does, when other threads here kept it waiting too long.
        """
        if connection.info.get(self):
            return
        if not self._thread.acquire(timeout=LONGEST_WAIT_SECONDS):
            raise OperationalError("BEGIN IMMEDIATE", None, sqlite3.OperationalError("database is locked"))
        connection.info[self] = True
        if self._path is not None:
            if self._file is None:
                self._file = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._file, fcntl.LOCK_EX)

    def give(self, _connection: object, entry: ConnectionPoolEntry, *_why: object) -> None:
        """The connection is done; the next one wakes."""
        if entry.info.pop(self, False):
            if self._file is not None:
                fcntl.flock(self._file, fcntl.LOCK_UN)
            self._thread.release()

    def _start_anew(self) -> None:
        """A forked process shares its parent's open file, and so its turn: it needs its own."""
        self._file, self._thread = None, Lock()
