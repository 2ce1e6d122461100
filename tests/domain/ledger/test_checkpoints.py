"""Each day's figures, signed once and for good."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from campaigns.base import clock, stamps
from campaigns.base.extensions import db
from campaigns.domain.ledger import checkpoints, publishing
from campaigns.domain.ledger.checkpoints import seal_days
from campaigns.domain.ledger.seal_models import LedgerCheckpoint
from tests.domain.ledger.book import capture
from tests.domain.ledger.seals import KEY, days, placed, verified
from tests.giving import live_campaign
from tests.support.crowds import at_once
from tests.support.proofs import consistent

FIRST = datetime(2026, 11, 20, 8, tzinfo=UTC)
A_DAY = timedelta(days=1)


@pytest.fixture
def campaign(app):
    return live_campaign()


def live_through(campaign, *gifts: int) -> None:
    """So many gifts on each day from the first one; the worker looks in shortly after each midnight."""
    for number, count in enumerate(gifts):
        with clock.at(FIRST + number * A_DAY):
            for gift in range(count):
                capture(campaign, 10, f"cap:{number}:{gift}")
            placed()
        with clock.at(FIRST + (number + 1) * A_DAY):
            seal_days(KEY)
            db.session.commit()


def sizes() -> dict[str, int]:
    return {one.day.isoformat(): one.tree_size for one in reversed(checkpoints.newest(99))}


def test_a_day_is_signed_once_it_is_over(campaign):
    with clock.at(FIRST):
        capture(campaign, 10, "cap:1")
        placed()
        assert seal_days(KEY) == 0
    with clock.at(datetime(2026, 11, 20, 20, 29, 59, tzinfo=UTC)):  # a second before midnight in Tehran
        assert seal_days(KEY) == 0
    with clock.at(datetime(2026, 11, 20, 20, 30, tzinfo=UTC)):
        assert seal_days(KEY) == 1
        assert seal_days(KEY) == 0
    assert sizes() == {"2026-11-20": 1}


def test_pages_of_the_book_grow_old_with_a_signed_day_alone(campaign):
    with clock.at(FIRST):
        capture(campaign, 10, "cap:1")
        placed()
    seen = stamps.versions(db.session, [stamps.LEDGER])
    for moment in (FIRST, FIRST + A_DAY):
        with clock.at(moment):
            grows = seal_days(KEY)
            db.session.commit()
        now_seen = stamps.versions(db.session, [stamps.LEDGER])
        assert (now_seen != seen) == bool(grows)
        seen = now_seen


def test_what_is_signed_is_what_the_verifier_finds(campaign):
    live_through(campaign, 3, 1, 4)
    assert sizes() == {"2026-11-20": 3, "2026-11-21": 4, "2026-11-22": 8}
    assert verified().signed == 8


def test_a_quiet_day_is_signed_as_well(campaign):
    live_through(campaign, 2, 0, 1)
    assert sizes() == {"2026-11-20": 2, "2026-11-21": 2, "2026-11-22": 3}
    assert verified().signed == 3


def test_an_empty_book_is_not_signed(campaign):
    live_through(campaign, 0, 0)
    assert sizes() == {}


def test_days_without_a_worker_are_signed_when_it_is_back(campaign):
    live_through(campaign, 2)
    with clock.at(FIRST + A_DAY):
        capture(campaign, 10, "late")
        placed()
    with clock.at(FIRST + 4 * A_DAY):
        assert seal_days(KEY) == 3
    assert sizes() == {"2026-11-20": 2, "2026-11-21": 3, "2026-11-22": 3, "2026-11-23": 3}


def test_nobody_signs_for_days_on_which_nobody_signed(campaign):
    with clock.at(FIRST):
        capture(campaign, 10, "cap:1")
        placed()
    with clock.at(FIRST + 9 * A_DAY):
        assert seal_days(KEY) == 1
    assert list(sizes()) == ["2026-11-28"]


def test_workers_at_once_sign_a_day_once(app, campaign):
    with clock.at(FIRST):
        capture(campaign, 10, "cap:1")
        placed()

    def act(_number: int) -> int:
        with clock.at(FIRST + A_DAY):
            made = seal_days(KEY)
            db.session.commit()
            return made

    assert sum(at_once(app, 8, act)) == 1
    assert db.session.scalar(select(func.count()).select_from(LedgerCheckpoint)) == 1


def test_each_day_is_shown_to_be_the_beginning_of_the_next(campaign):
    live_through(campaign, 3, 1, 0, 9)
    signed = list(reversed(checkpoints.newest(99)))
    for earlier in signed:
        for later in signed[signed.index(earlier) :]:
            proof = [bytes.fromhex(step) for step in publishing.growth(earlier, later)]
            assert consistent(earlier.tree_size, later.tree_size, earlier.root, later.root, proof)


def test_a_gift_is_proved_in_the_first_day_that_holds_it(campaign):
    live_through(campaign, 3, 1)
    assert [checkpoints.covering(seq).day.day for seq in (1, 3, 4)] == [20, 20, 21]
    assert checkpoints.covering(5) is None


def test_a_signed_day_is_never_changed(campaign):
    live_through(campaign, 1)
    for change in (update(LedgerCheckpoint).values(tree_size=9), delete(LedgerCheckpoint)):
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(change)
        db.session.rollback()
    assert checkpoints.of_day(date(2026, 11, 20)).tree_size == 1
    assert len(days()) == 1


def test_who_reads_on_from_a_day_gets_the_days_before_it(campaign):
    live_through(campaign, 1, 1, 1)
    everything = [one.day for one in checkpoints.newest(9)]
    assert [one.day for one in checkpoints.newest(9, before=everything[0])] == everything[1:]
