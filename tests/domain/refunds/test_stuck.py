"""What should have ended long ago is shown to people, once, and leaves their list by itself when it ends (R3)."""

from datetime import timedelta

import pytest

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.payments.moves import reversible_until
from campaigns.domain.payments.queries import open_items
from campaigns.domain.payments.settlement import settle
from campaigns.domain.payments.states import State
from campaigns.domain.payments.sweeper import poll_all, sweep
from campaigns.domain.refunds.actions import approve, finish, request, send
from campaigns.domain.refunds.decisions import close
from campaigns.domain.refunds.reasons import Reason
from campaigns.domain.refunds.reversals import ask, follow_up
from campaigns.domain.refunds.stuck import detect
from tests.domain.refunds.money import agreed, farid, negar, whole
from tests.giving import GIFT, live_campaign, pledged
from tests.support.paying import look


@pytest.fixture
def campaign(app):
    return live_campaign()


def looked(**later: float) -> list[str]:
    """What is open after a look so much later."""
    with clock.at(now() + timedelta(**later)):
        detect()
        db.session.commit()
    return [item.kind for item in open_items()]


def test_a_payment_nobody_answers_about_for_ten_minutes(paying, campaign):
    attempt_id = paying.attempt(pledged(campaign))
    paying.press(attempt_id)
    paying.fault("http_500", calls=9)
    assert settle(attempt_id, paying.gateway, "callback", {}) is State.VERIFYING
    assert looked(minutes=9) == []
    assert looked(minutes=11) == ["stuck_verifying"]
    assert looked(minutes=30) == ["stuck_verifying"]
    paying.bank.faults.clear()
    with clock.at(now() + timedelta(minutes=12)):
        sweep({"zarinpal": paying.gateway}, 72)
    assert look(attempt_id).state == State.PAID
    assert looked(minutes=31) == []
    item = db.session.query(ReviewItem).one()
    assert (item.state, item.closed_at is not None) == ("closed", True)


def test_a_reversal_without_an_answer_for_five_minutes(paying, campaign):
    attempt_id = paying.attempt(pledged(campaign))
    paying.press(attempt_id)
    settle(attempt_id, paying.gateway, "callback", {})
    attempt, one, other = look(attempt_id), farid(), negar()
    refund = request(attempt, one, GIFT, Reason.DONOR, "-", reversible_until(attempt, paying.gateway))
    approve(refund, other)
    db.session.commit()
    ask(refund.id, None)
    assert looked(minutes=4) == []
    assert looked(minutes=6) == ["stuck_reversing"]
    with clock.at(now() + timedelta(minutes=7)):
        follow_up({"zarinpal": paying.gateway})
    assert looked(minutes=8) == []


def test_a_refund_that_was_sent_a_day_ago(app, campaign):
    one, other = farid(), negar()
    refund = agreed(whole(app, campaign), one, other)
    assert looked(hours=30) == []
    send(refund, one, "PANEL-1")
    db.session.commit()
    assert looked(hours=23) == []
    assert looked(hours=25) == ["stuck_refund"]
    finish(refund, other, "on the statement")
    db.session.commit()
    assert looked(hours=26) == []


def test_somebody_who_has_looked_closes_it_and_is_not_asked_again(app, campaign):
    one, other = farid(), negar()
    send(agreed(whole(app, campaign), one, other), one, "PANEL-1")
    db.session.commit()
    looked(hours=25)
    close(open_items()[0], one, "the bank is on holiday until Saturday")
    db.session.commit()
    assert looked(hours=49) == []


def test_a_list_of_unverified_payments_that_is_nearly_full_alarms_people_once_a_day(paying, campaign):
    for number in (79, 80):
        while rows(paying) < number:
            paying.press(paying.attempt(pledged(campaign)), "pay_and_close")
        paying.fault("http_500", operation="verify", calls=number)
        poll_all({"zarinpal": paying.gateway})
        assert [item.kind for item in open_items()] == (["list_full"] if number == 80 else [])
    assert [item.detail["rows"] for item in open_items()] == [80]
    poll_all({"zarinpal": paying.gateway})
    assert [item.kind for item in open_items()] == ["list_full"]
    assert rows(paying) == 0


def rows(paying) -> int:
    return len(paying.gateway.list_unverified())
