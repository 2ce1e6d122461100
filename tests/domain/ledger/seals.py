"""What everybody would find who downloaded the book now."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from campaigns.base.appendonly import statements
from campaigns.base.extensions import db
from campaigns.base.signing import read_key
from campaigns.domain.ledger import checkpoints, publishing
from campaigns.domain.ledger.rollup import place
from tools.verify_ledger import Book, check_checkpoints

KEY = read_key("5e" * 32)


def placed() -> int:
    """Everything that waits gets its place; committed."""
    done = 0
    while step := place():
        db.session.commit()
        done += step
    return done


def lines() -> list[bytes]:
    db.session.commit()
    size = publishing.totals()["entries"]
    db.session.commit()
    return b"".join(publishing.lines(db.engine, 1, size)).splitlines(keepends=True)


def leaves() -> list[dict[str, object]]:
    return [json.loads(line)["leaf"] for line in lines()]


def days() -> list[bytes]:
    return [publishing.checkpoint_line(one) for one in reversed(checkpoints.newest(1_000))]


def verified() -> Book:
    """The book as the verifier has read it; raises `Breach` when something is wrong."""
    book = Book(check_checkpoints(days()), {})
    book.read(lines())
    return book


@contextmanager
def sleeping_triggers(*tables: str) -> Iterator[None]:
    """What somebody can do who owns the database: tables lose their triggers, and get them back."""
    dialect = db.engine.dialect.name
    for table in tables:
        for name in ("change", "truncate") if dialect == "postgresql" else ("update", "delete"):
            db.session.execute(
                text(f"DROP TRIGGER {table}_no_{name}" + (f" ON {table}" if dialect == "postgresql" else ""))
            )
    yield
    for table in tables:
        for statement in statements(table, dialect):
            db.session.execute(text(statement))
    db.session.commit()
