"""Processes that die at a commit, and databases that refuse: from outside, as power cuts and locks come."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from campaigns.base.extensions import db


class Died(BaseException):
    """The process is no more: nothing of ours catches this, and nothing it still meant to do happens."""


@contextmanager
def dying(when: str, number: int) -> Iterator[None]:
    """Whoever commits for the `number`-th time from now on dies `before` it or `after` it. Not the test itself."""
    own, seen = db.session(), 0

    def strike(session: Session) -> None:
        nonlocal seen
        seen += session is not own
        if session is not own and seen == number:
            raise Died

    with listening(Session, f"{when}_commit", strike):
        yield


@contextmanager
def refusing(beginning: str) -> Iterator[None]:
    """The database refuses the first statement that begins like this, as it does when it is locked too long, has
    found a deadlock or cannot serialize. `COMMIT`: it refuses to commit what has been written.
    """
    db.session.commit()  # the test's own part is over
    refused = False

    def strike(statement: str) -> None:
        nonlocal refused
        if not refused and statement.startswith(beginning):
            refused = True
            raise OperationalError(statement, {}, Exception("database is locked"))

    def execute(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        strike(statement)

    def commit(_connection: Any) -> None:
        strike("COMMIT")

    with (
        listening(db.engine, "before_cursor_execute", execute),
        listening(db.engine, "commit", commit),
    ):
        yield
    assert refused, f"nobody asked for {beginning}"


@contextmanager
def listening(target: Any, name: str, listener: Any) -> Iterator[None]:
    event.listen(target, name, listener)
    try:
        yield
    finally:
        event.remove(target, name, listener)
