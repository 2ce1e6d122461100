"""The table of moves, whole: every pair of states is either a transition of the design, by its number, or refused."""

from datetime import timedelta
from itertools import product

import pytest

from campaigns.base.extensions import db
from campaigns.domain.payments.actions import begin
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.moves import move
from campaigns.domain.payments.states import (
    CLAIMABLE,
    LEASE,
    TABLE,
    TAKES_MONEY,
    State,
    before,
    pause_after,
)
from campaigns.gateways import build_gateways
from campaigns.gateways.http import CONNECT_SECONDS, READ_SECONDS
from tests.giving import live_campaign, pledged

S = State
NEGATIVE = {S.NOT_PAID, S.EXPIRED, S.SOFT_CANCELLED}
TRANSITIONS = {
    (S.CREATED, S.REDIRECTED): "T2",
    (S.CREATED, S.REQUEST_FAILED): "T3, T4",
    (S.CREATED, S.EXPIRED): "T5",
    (S.REDIRECTED, S.SOFT_CANCELLED): "T6",
    (S.REDIRECTED, S.VERIFYING): "T7",
    (S.SOFT_CANCELLED, S.VERIFYING): "T7",
    (S.NOT_PAID, S.VERIFYING): "T7",
    (S.EXPIRED, S.VERIFYING): "T7",
    (S.VERIFYING, S.VERIFYING): "T7, T9",
    (S.VERIFYING, S.PAID): "T8",
    (S.VERIFYING, S.NOT_PAID): "T10",
    (S.REDIRECTED, S.NOT_PAID): "T10",
    (S.SOFT_CANCELLED, S.NOT_PAID): "T10",
    (S.REDIRECTED, S.EXPIRED): "T11",
    (S.SOFT_CANCELLED, S.EXPIRED): "T11",
    (S.VERIFYING, S.EXPIRED): "T11",
    (S.VERIFYING, S.REVIEW): "T12, T25",
    (S.REVIEW, S.PAID): "T13",
    (S.REVIEW, S.REVERSING): "T14",
    (S.REVIEW, S.REVERSED): "T14, where the bank has given it back by itself",
    (S.PAID, S.REVERSING): "T15",
    (S.REVERSING, S.REVERSED): "T16",
    (S.REVERSING, S.PAID): "T17",
    (S.REVERSING, S.REVIEW): "T17, of money no campaign had",
    (S.REVERSING, S.REVERSING): "T18",
}
"""T1 makes a row; T19 to T22 move a refund (`tests/domain/refunds/test_states.py`); T23 has no attempt, T24 no
gateway yet.
"""


def test_the_table_knows_every_state():
    assert set(TABLE) == set(State)


@pytest.mark.parametrize(("here", "there"), list(product(State, State)))
def test_every_pair_is_a_transition_of_the_design_or_refused(here, there):
    assert (there in TABLE[here]) == ((here, there) in TRANSITIONS), TRANSITIONS.get((here, there), "no T")


def test_people_move_a_payment_only_where_the_table_leads(app):
    gateway = build_gateways(app.config["SETTINGS"])["zarinpal"]
    attempt_id = begin(pledged(live_campaign()), gateway).id
    db.session.commit()
    for here, there in product(State, State):
        attempt = db.session.get_one(PaymentAttempt, attempt_id)
        attempt.state = here.value
        db.session.commit()
        moved = move(attempt_id, there, "decision", "tried")
        assert moved == ((here, there) in TRANSITIONS)
        db.session.commit()
        db.session.refresh(attempt)
        assert attempt.state == (there if moved else here)


def test_paid_is_never_left_but_to_be_taken_back_by_two_people():
    assert TABLE[S.PAID] == {S.REVERSING}
    assert TABLE[S.REVERSED] == frozenset()
    assert not TABLE[S.REVERSING] & NEGATIVE


def test_money_is_only_taken_after_asking():
    assert before(S.REVIEW) == (S.VERIFYING, S.REVERSING)  # the latter when it could not be returned
    assert before(S.PAID) == (S.VERIFYING, S.REVIEW, S.REVERSING)  # and when two people decide


@pytest.mark.parametrize("state", sorted(NEGATIVE))
def test_late_money_wins_over_every_negative_end(state):
    assert state in CLAIMABLE
    assert state in TAKES_MONEY


@pytest.mark.parametrize("state", [S.CREATED, S.REQUEST_FAILED, S.PAID, S.REVIEW, S.REVERSING, S.REVERSED])
def test_nobody_asks_about_what_was_never_opened_or_is_decided(state):
    assert state not in CLAIMABLE
    assert state not in TAKES_MONEY


def test_an_attempt_being_asked_about_is_claimed_only_by_its_lease():
    assert S.VERIFYING not in CLAIMABLE
    assert S.VERIFYING in TAKES_MONEY


def test_a_lease_outlives_a_verify_and_an_inquiry_that_time_out():
    assert 2 * timedelta(seconds=CONNECT_SECONDS + READ_SECONDS) < LEASE


def test_questions_grow_rarer_and_never_stop():
    pauses = [pause_after(tries) for tries in range(1, 12)]
    assert pauses[0] == timedelta(minutes=1)
    assert pauses == sorted(pauses)
    assert pauses[-1] == pause_after(1000) == timedelta(hours=1)


def test_who_waits_is_asked_about_often_at_first_and_then_each_hour():
    pauses = [int(pause_after(tries).total_seconds() // 60) for tries in range(11)]
    assert pauses == [60, 1, 2, 5, 10, 15, 20, 25, 30, 60, 60]
