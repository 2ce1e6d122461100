"""Fifty at once, over one database, with the bank's answers getting lost: every payment is booked once."""

import random

import pytest
from sqlalchemy import func, select, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.models import LedgerTxn
from campaigns.domain.ledger.queries import balance, disagreements, gifts, received
from campaigns.domain.ledger.rollup import place
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.settlement import note_cancelled, settle
from campaigns.domain.payments.states import State
from campaigns.domain.payments.sweeper import poll_unverified, sweep
from tests.giving import GIFT, live_campaign, pledged
from tests.support.crowds import at_once
from tests.support.paying import items, look


@pytest.fixture
def campaign(paying):
    return live_campaign()


def posted() -> int:
    return db.session.scalar(select(func.count(LedgerTxn.id))) or 0


def due_now() -> None:
    """As if a minute had passed for everybody's lease and turn."""
    values = {"next_check_at": now(), "lease_until": None}
    db.session.execute(update(PaymentAttempt).where(PaymentAttempt.next_check_at.is_not(None)).values(values))
    db.session.commit()


@pytest.mark.fault("F2")
def test_fifty_callbacks_of_one_payment_book_it_once(app, paying, campaign):
    attempt_id = paying.attempt(pledged(campaign))
    paying.press(attempt_id)
    answers = at_once(app, 50, lambda _number: settle(attempt_id, paying.gateway, "callback"))
    assert set(answers) <= {State.PAID, State.VERIFYING}
    assert look(attempt_id).state == State.PAID
    assert (posted(), received(campaign.id), gifts(campaign.id)) == (1, GIFT, 1)


@pytest.mark.fault("F3")
def test_everybody_who_may_settle_does_so_at_once(app, paying, campaign):
    ids = [paying.attempt(pledged(campaign)) for _ in range(5)]
    for attempt_id in ids:
        paying.press(attempt_id)
    due_now()

    def act(number: int) -> None:
        for attempt_id in random.Random(number).sample(ids, len(ids)):
            if number % 4 == 0:
                poll_unverified(paying.gateway)
            elif number % 4 == 1:
                sweep({paying.gateway.name: paying.gateway}, 72)
            elif number % 4 == 2:
                note_cancelled(attempt_id, {})
            settle(attempt_id, paying.gateway, "callback")
            place()
            db.session.commit()

    at_once(app, 16, act)
    assert {look(attempt_id).state for attempt_id in ids} == {State.PAID}
    assert (posted(), received(campaign.id), items()) == (5, 5 * GIFT, [])
    while place():
        db.session.commit()
    assert disagreements() == []


def test_answers_that_get_lost_in_a_crowd_lose_no_money_and_book_none_twice(app, paying, campaign):
    ids = [paying.attempt(pledged(campaign)) for _ in range(10)]
    for attempt_id in ids:
        paying.press(attempt_id)
    for fault in ("drop_response_after_commit", "http_500", "truncated_json", "verify_flip"):
        paying.fault(fault, operation="verify", calls=6)

    def act(number: int) -> None:
        for attempt_id in ids:
            if number == 0:
                paying.lost_verify(attempt_id)
            settle(attempt_id, paying.gateway, "callback")

    at_once(app, 12, act)
    for _round in range(10):
        due_now()
        sweep({paying.gateway.name: paying.gateway}, 72)
    assert {look(attempt_id).state for attempt_id in ids} == {State.PAID}
    assert (posted(), received(campaign.id)) == (10, paying.verified_rials()) == (10, 10 * GIFT)


@pytest.mark.fault("F5")
def test_two_tabs_paid_at_the_same_moment_count_once(app, paying, campaign):
    gift = pledged(campaign)
    tabs = [paying.attempt(gift) for _ in range(4)]
    for attempt_id in tabs:
        paying.press(attempt_id)
    at_once(app, 8, lambda number: settle(tabs[number % 4], paying.gateway, "callback"))
    states = sorted(look(attempt_id).state for attempt_id in tabs)
    assert states == [State.PAID, State.REVIEW, State.REVIEW, State.REVIEW]
    assert (received(campaign.id), gifts(campaign.id)) == (GIFT, 1)
    assert balance(accounts.UNALLOCATED) == 3 * GIFT
    assert received(campaign.id) + balance(accounts.UNALLOCATED) == paying.verified_rials()
