"""One process at a time asks about an attempt; whoever loses the right to ask still brings the money home."""

import pytest
from sqlalchemy import func, select

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.ledger.models import LedgerTxn
from campaigns.domain.ledger.queries import received
from campaigns.domain.payments.claims import Claimed, claim
from campaigns.domain.payments.contract import Outcome, VerifyResult
from campaigns.domain.payments.settlement import book, settle
from campaigns.domain.payments.states import State
from tests.giving import GIFT, live_campaign, pledged
from tests.support.paying import items, later, look


@pytest.fixture
def campaign(paying):
    return live_campaign()


@pytest.fixture
def attempt_id(campaign, paying):
    return paying.attempt(pledged(campaign))


def posted() -> int:
    return db.session.scalar(select(func.count(LedgerTxn.id))) or 0


def claimed(attempt_id: int) -> Claimed:
    found = claim(attempt_id, "test", {})
    db.session.commit()
    assert found is not None
    return found


def test_nobody_asks_while_somebody_asks(paying, attempt_id):
    paying.press(attempt_id)
    first = claimed(attempt_id)
    assert settle(attempt_id, paying.gateway, "callback") is State.VERIFYING
    assert posted() == 0
    assert book(first, paying.gateway.verify(first.request)) is State.PAID


@pytest.mark.fault("F10", "F29")
def test_a_process_that_died_while_asking_is_followed_up(paying, attempt_id):
    paying.press(attempt_id)
    claimed(attempt_id)
    paying.lost_verify(attempt_id)
    with clock.at(later(seconds=61)):
        assert settle(attempt_id, paying.gateway, "sweeper") is State.PAID


def test_a_slow_no_has_no_say_once_its_lease_is_over(paying, attempt_id):
    slow = claimed(attempt_id)
    with clock.at(later(seconds=61)):
        quick = claimed(attempt_id)
    assert book(slow, VerifyResult(Outcome.NOT_PAID)) is State.VERIFYING
    assert look(attempt_id).lease_until == quick.lease_until


def test_verified_money_is_booked_even_after_another_no(paying, campaign, attempt_id):
    slow = claimed(attempt_id)
    with clock.at(later(seconds=61)):
        book(claimed(attempt_id), VerifyResult(Outcome.NOT_PAID))
    assert book(slow, VerifyResult(Outcome.PAID, rials=GIFT, receipt_ref="1")) is State.PAID
    assert received(campaign.id) == GIFT


def test_two_answers_about_one_payment_are_booked_once(paying, campaign, attempt_id):
    slow = claimed(attempt_id)
    with clock.at(later(seconds=61)):
        quick = claimed(attempt_id)
    answer = VerifyResult(Outcome.ALREADY, rials=GIFT, receipt_ref="1")
    assert [book(quick, answer), book(slow, answer)] == [State.PAID, State.PAID]
    assert (posted(), items()) == (1, [])


def test_a_mismatch_heard_late_does_not_undo_a_payment(paying, attempt_id):
    slow = claimed(attempt_id)
    with clock.at(later(seconds=61)):
        book(claimed(attempt_id), VerifyResult(Outcome.PAID, rials=GIFT, receipt_ref="1"))
    assert book(slow, VerifyResult(Outcome.MISMATCH)) is State.PAID
    assert items() == []
