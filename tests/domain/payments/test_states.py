from datetime import timedelta

import pytest

from campaigns.domain.payments.states import (
    CLAIMABLE,
    LEASE,
    TABLE,
    TAKES_MONEY,
    State,
    before,
    pause_after,
)
from campaigns.gateways.http import CONNECT_SECONDS, READ_SECONDS

NEGATIVE = {State.NOT_PAID, State.EXPIRED, State.SOFT_CANCELLED}


def test_the_table_knows_every_state():
    assert set(TABLE) == set(State)


def test_paid_is_never_left():
    assert TABLE[State.PAID] == frozenset()


def test_money_is_only_taken_after_asking():
    assert before(State.REVIEW) == (State.VERIFYING,)
    assert before(State.PAID) == (State.VERIFYING, State.REVIEW)  # the latter when two people decide


@pytest.mark.parametrize("state", sorted(NEGATIVE))
def test_late_money_wins_over_every_negative_end(state):
    assert state in CLAIMABLE
    assert state in TAKES_MONEY


@pytest.mark.parametrize("state", [State.CREATED, State.REQUEST_FAILED, State.PAID, State.REVIEW])
def test_nobody_asks_about_what_was_never_opened_or_is_decided(state):
    assert state not in CLAIMABLE
    assert state not in TAKES_MONEY


def test_an_attempt_being_asked_about_is_claimed_only_by_its_lease():
    assert State.VERIFYING not in CLAIMABLE
    assert State.VERIFYING in TAKES_MONEY


def test_a_lease_outlives_a_verify_and_an_inquiry_that_time_out():
    assert 2 * timedelta(seconds=CONNECT_SECONDS + READ_SECONDS) < LEASE


def test_questions_grow_rarer_and_never_stop():
    pauses = [pause_after(tries) for tries in range(1, 12)]
    assert pauses[0] == timedelta(minutes=1)
    assert pauses == sorted(pauses)
    assert pauses[-1] == pause_after(1000) == timedelta(hours=1)
