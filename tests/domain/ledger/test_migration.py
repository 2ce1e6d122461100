"""A book that was placed before it was sealed: the upgrade seals it in the order it has."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import DBAPIError

from campaigns.app import create_app
from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.config import Settings
from campaigns.domain.ledger.models import LedgerPlace
from campaigns.domain.ledger.queries import disagreements
from campaigns.domain.ledger.seal_models import LedgerDay, LedgerSubtree
from tests.domain.ledger.book import capture, mirror
from tests.domain.ledger.seals import placed, verified
from tests.giving import live_campaign
from tests.support.databases import DatabaseHouse, PostgresHouse, SqliteHouse

GIFTS = 600
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def own_app(settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    """The app over a database that no other test needs."""
    server = os.environ.get("TEST_DATABASE_URL", "")
    house: DatabaseHouse = PostgresHouse(server, "upgraded") if server else SqliteHouse(tmp_path)
    app = create_app(replace(settings, database_url=house.url))
    house.build(app)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    house.drop()


def before_the_seal(app: Flask) -> str:
    """The revision below the one that brings the seal."""
    scripts = ScriptDirectory(app.extensions["migrate"].directory).walk_revisions()
    below = next(script.down_revision for script in scripts if script.path.endswith("_sealed_book.py"))
    assert isinstance(below, str)
    return below


def state() -> tuple[object, ...]:
    """Everything the seal consists of."""
    book = verified()
    places = select(LedgerPlace.seq, LedgerPlace.txn_id, LedgerPlace.prev_hash, LedgerPlace.hash)
    subtrees = select(LedgerSubtree.level, LedgerSubtree.number, LedgerSubtree.hash)
    by_day = select(LedgerDay.day, LedgerDay.account_id, LedgerDay.kind, LedgerDay.rials, LedgerDay.entries)
    rows = [
        db.session.execute(query.order_by(*list(query.selected_columns)[:3])).all()
        for query in (places, subtrees, by_day)
    ]
    return (book.size, book.head, book.received, *map(tuple, rows))


def test_what_has_a_place_already_is_sealed_as_if_it_had_always_been(own_app: Flask) -> None:
    one, other = live_campaign(), live_campaign()
    for number in range(GIFTS):
        with clock.at(AT + number * timedelta(minutes=10)):
            txn_id = capture(other if number % 3 else one, 10 + number, f"cap:{number}")
    mirror(other, 10 + number, txn_id)
    placed()
    capture(one, 5, "waits")
    as_it_is = state()
    db.session.remove()
    downgrade(revision=before_the_seal(own_app))
    assert "hash" not in {column["name"] for column in inspect(db.engine).get_columns("ledger_place")}
    db.session.remove()
    upgrade()
    assert state() == as_it_is
    assert placed() == 1
    assert verified().size == GIFTS + 2
    assert disagreements() == []
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(LedgerPlace.__table__.delete())
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(LedgerSubtree)) == 2
