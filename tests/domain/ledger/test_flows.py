"""The sums of the book by day and pair of accounts: moved with the places, and made again from the book."""

from datetime import UTC, datetime

from sqlalchemy import delete, select, update

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.invariants.watch import everything, look
from campaigns.domain.ledger.flows import LedgerFlow
from campaigns.domain.ledger.rollup import place
from tests.domain.ledger.book import capture, mirror
from tests.giving import live_campaign
from tests.migrations.moving import run

BEFORE_MIDNIGHT = datetime(2026, 11, 22, 20, 29, tzinfo=UTC)  # 23:59 in Tehran
AFTER_MIDNIGHT = datetime(2026, 11, 22, 20, 31, tzinfo=UTC)


def rows():
    db.session.expire_all()
    query = select(LedgerFlow.day, LedgerFlow.kind, LedgerFlow.rials, LedgerFlow.moves)
    spans = query.add_columns(LedgerFlow.first_txn, LedgerFlow.last_txn)
    return sorted(map(tuple, db.session.execute(spans)))


def a_book(app):
    campaign = live_campaign()
    with clock.at(BEFORE_MIDNIGHT):
        first = capture(campaign, 500, "cap:1")
        capture(campaign, 300, "cap:2")
        place()
        db.session.commit()
    with clock.at(AFTER_MIDNIGHT):
        capture(campaign, 70, "cap:3")
        mirror(campaign, 500, first)
        place()
        db.session.commit()


def test_each_day_and_kind_has_its_sum(app):
    a_book(app)
    assert [(str(day), kind, rials, moves) for day, kind, rials, moves, _first, _last in rows()] == [
        ("2026-11-22", "capture", 800, 2),
        ("2026-11-23", "capture", 70, 1),
        ("2026-11-23", "reversal", 500, 1),
    ]


def test_a_book_that_was_placed_before_is_summed_by_the_upgrade(app):
    a_book(app)
    kept = rows()
    db.session.execute(delete(LedgerFlow))
    db.session.commit()
    run("settlements", "sum_the_book")
    assert rows() == kept


def test_a_sum_that_is_not_the_books_is_found(app):
    a_book(app)
    assert [found for found in look(everything()) if found.name == "I10" and "days" in found.detail] == []
    db.session.execute(update(LedgerFlow).values(rials=LedgerFlow.rials + 1))
    db.session.commit()
    assert [found.name for found in look(everything()) if "the days of account" in found.detail] == [
        "I10"
    ] * 2
