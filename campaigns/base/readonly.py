"""Transactions that only read."""

from collections.abc import Iterator
from contextlib import contextmanager

from campaigns.base.engine import reading
from campaigns.base.extensions import db


@contextmanager
def only_reading() -> Iterator[None]:
    """A transaction that takes no writer's lock and is over afterwards, unless the caller has begun one already."""
    if db.session().in_transaction():
        yield
        return
    token = reading.set(True)
    try:
        yield
    finally:
        db.session.rollback()
        reading.reset(token)
