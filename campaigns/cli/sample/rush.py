"""Makes many small commits cheap while an empty database is filled: nobody else looks, nothing is lost but time.

Actions go on committing as ever; their commits stay inside one transaction of one connection, which `Rush.save`
really commits now and then. A load that is cut short leaves a database to be made anew.
"""

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from campaigns.base.extensions import db

OBJECTS_BETWEEN_SWEEPS = 100_000  # the default of 700 costs a third of the time


class Rush:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._outer = connection.begin()

    def save(self) -> None:
        """Everything so far is on disk."""
        db.session.commit()
        self._outer.commit()
        self._outer = self._connection.begin()


@contextmanager
def rush() -> Iterator[Rush]:
    """Inside, `db.session` is a session of this one connection; it keeps what it has read after a commit."""
    db.session.remove()
    with db.engine.connect() as connection, _few_sweeps(), _no_chatter():
        hurry = Rush(connection)
        try:
            session = Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False)
            db.session.registry.set(session)
            yield hurry
            hurry.save()
        finally:
            db.session.remove()


@contextmanager
def _few_sweeps() -> Iterator[None]:
    """Python looks for garbage less often."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_SWEEPS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


@contextmanager
def _no_chatter() -> Iterator[None]:
    """Only warnings are logged: every made-up person would be a line in the middle of the progress bar."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    try:
        yield
    finally:
        structlog.configure(**before)
