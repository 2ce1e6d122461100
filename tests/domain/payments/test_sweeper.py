from datetime import timedelta

import pytest
from sqlalchemy import func, select

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.ledger.models import LedgerTxn
from campaigns.domain.ledger.queries import received
from campaigns.domain.payments.actions import begin
from campaigns.domain.payments.models import PaymentEvent
from campaigns.domain.payments.settlement import note_cancelled, settle
from campaigns.domain.payments.states import State
from campaigns.domain.payments.sweeper import poll_all, poll_unverified, sweep
from tests.giving import GIFT, live_campaign, pledged
from tests.support.crowds import at_once
from tests.support.paying import heard, items, later, look

HOURS = 72


@pytest.fixture
def campaign(paying):
    return live_campaign()


@pytest.fixture
def attempt_id(campaign, paying):
    return paying.attempt(pledged(campaign))


def swept(paying, **time: float) -> int:
    """What the worker does, so much later."""
    with clock.at(later(**time)):
        return sweep({paying.gateway.name: paying.gateway}, HOURS)


class TestSweep:
    def test_nothing_is_asked_in_the_first_half_minute(self, paying, attempt_id):
        assert swept(paying, seconds=20) == 0
        assert swept(paying, seconds=31) == 1

    def test_a_tab_closed_after_paying_is_found(self, paying, campaign, attempt_id):
        paying.press(attempt_id, "pay_and_close")
        swept(paying, seconds=31)
        assert look(attempt_id).state == State.PAID
        assert received(campaign.id) == GIFT

    def test_a_donor_said_to_have_cancelled_is_asked_about(self, paying, attempt_id):
        note_cancelled(attempt_id, {})
        paying.press(attempt_id, "pay_and_close")
        swept(paying, seconds=61)
        assert look(attempt_id).state == State.PAID

    def test_a_donor_still_typing_is_left_alone(self, paying, attempt_id):
        swept(paying, seconds=31)
        row = look(attempt_id)
        assert row.state == State.REDIRECTED
        assert row.next_check_at > later(seconds=60)
        assert heard(attempt_id)[-1] == "inquiry pending"

    def test_a_refusal_is_believed_after_half_an_hour(self, paying, attempt_id):
        paying.press(attempt_id, "wrong_pin")
        swept(paying, minutes=5)
        assert look(attempt_id).state == State.REDIRECTED
        swept(paying, minutes=31)
        assert look(attempt_id).state == State.NOT_PAID

    def test_a_lost_answer_is_settled_in_the_next_round(self, paying, attempt_id):
        paying.press(attempt_id)
        paying.fault("drop_response_after_commit", operation="verify")
        settle(attempt_id, paying.gateway, "callback")
        swept(paying, minutes=2)
        assert look(attempt_id).state == State.PAID

    def test_another_amount_seen_by_an_inquiry_goes_to_a_person(self, paying, attempt_id):
        paying.fault("tamper_amount", value=10)
        paying.press(attempt_id, "pay_and_close")
        swept(paying, seconds=31)
        assert items() == [("mismatch", attempt_id)]

    @pytest.mark.fault("F10")
    def test_an_attempt_whose_process_died_while_asking_is_settled(self, paying, attempt_id):
        paying.press(attempt_id)
        row = look(attempt_id)
        row.state, row.lease_until = State.VERIFYING.value, now() + timedelta(seconds=60)
        db.session.commit()
        assert swept(paying, seconds=50) == 0
        assert swept(paying, seconds=61) == 1
        assert look(attempt_id).state == State.PAID

    def test_an_attempt_that_a_late_claim_left_behind_is_settled(self, paying, attempt_id):
        """Claimed from a negative end, then the process died: nobody may forget it."""
        row = look(attempt_id)
        row.state, row.next_check_at = State.NOT_PAID.value, None
        db.session.commit()
        paying.fault("http_500", operation="verify")
        settle(attempt_id, paying.gateway, "callback")
        paying.press(attempt_id)
        swept(paying, minutes=5)
        assert look(attempt_id).state == State.PAID

    def test_an_attempt_that_was_never_opened_is_given_up(self, paying, campaign):
        attempt = begin(pledged(campaign), paying.gateway)
        db.session.commit()
        attempt_id = attempt.id
        swept(paying, minutes=29)
        assert look(attempt_id).state == State.CREATED
        swept(paying, minutes=31)
        assert look(attempt_id).state == State.EXPIRED

    def test_a_round_has_a_limit_and_the_longest_waiting_come_first(self, paying, campaign):
        ids = [paying.attempt(pledged(campaign)) for _ in range(3)]
        with clock.at(later(minutes=2)):
            gateways = {paying.gateway.name: paying.gateway}
            assert [sweep(gateways, HOURS, limit=2) for _ in range(3)] == [2, 1, 0]
        assert [len(heard(attempt_id)) for attempt_id in ids] == [2, 2, 2]

    def test_attempts_of_a_gateway_that_is_gone_stop_nobody(self, paying, attempt_id):
        row = look(attempt_id)
        row.gateway = "retired"
        db.session.commit()
        assert swept(paying, minutes=5) == 0


class TestGivingUp:
    """A gateway that says nothing for the whole window. Its silence is not a no."""

    def test_a_session_said_to_be_open_for_days_has_expired(self, paying, attempt_id):
        swept(paying, hours=73)
        assert look(attempt_id).state == State.EXPIRED

    @pytest.mark.fault("F37")
    def test_an_expired_attempt_may_still_be_paid(self, paying, attempt_id):
        swept(paying, hours=73)
        paying.press(attempt_id)
        assert settle(attempt_id, paying.gateway, "callback") is State.PAID

    def test_silence_is_asked_about_for_ever_and_a_person_is_told_once(self, paying, attempt_id):
        paying.press(attempt_id)
        for hours in (73, 75, 77):
            paying.fault("http_500", operation="inquiry")
            swept(paying, hours=hours)
        assert items() == [("no_answer", attempt_id)]
        swept(paying, hours=80)
        assert look(attempt_id).state == State.PAID

    @pytest.mark.fault("F28")
    def test_a_gateway_that_is_away_for_hours_loses_nobodys_money(self, paying, campaign, attempt_id):
        paying.press(attempt_id, "pay_and_close")
        paying.fault("http_500", calls=10_000)
        for minutes in range(1, 300, 20):
            swept(paying, minutes=minutes)
            poll_all({paying.gateway.name: paying.gateway})
            assert look(attempt_id).state in {State.REDIRECTED, State.VERIFYING}
        assert (received(campaign.id), items()) == (0, [])
        paying.bank.faults.clear()
        swept(paying, hours=7)
        assert (look(attempt_id).state, received(campaign.id)) == (State.PAID, GIFT)

    def test_a_verify_without_an_answer_keeps_the_attempt_open(self, paying, attempt_id):
        paying.press(attempt_id)
        paying.fault("http_500", operation="verify", calls=2)
        settle(attempt_id, paying.gateway, "callback")
        swept(paying, hours=73)
        assert look(attempt_id).state == State.VERIFYING
        assert items() == [("no_answer", attempt_id)]

    def test_sweeping_for_days_leaves_few_traces(self, paying, attempt_id):
        for hour in range(0, 71):
            swept(paying, hours=hour, minutes=1)
        assert (db.session.scalar(select(func.count(PaymentEvent.id))) or 0) <= 80


class TestUnverifiedList:
    def test_money_nobody_asked_about_is_settled(self, paying, campaign, attempt_id):
        paying.press(attempt_id, "pay_and_close")
        assert poll_unverified(paying.gateway) == 1
        assert look(attempt_id).state == State.PAID
        assert poll_unverified(paying.gateway) == 0

    @pytest.mark.fault("F37")
    def test_late_money_is_found_by_the_list(self, paying, attempt_id):
        paying.press(attempt_id, "pay_and_close")
        row = look(attempt_id)
        row.state, row.next_check_at = State.EXPIRED.value, None
        db.session.commit()
        poll_unverified(paying.gateway)
        assert look(attempt_id).state == State.PAID

    def test_money_of_no_attempt_is_told_to_a_person_once(self, paying, attempt_id):
        paying.press(attempt_id, "pay_and_close")
        row = look(attempt_id)
        row.gateway_ref = "S" + "0" * 35
        db.session.commit()
        for _ in range(3):
            poll_unverified(paying.gateway)
        assert items() == [("unknown_money", None)]

    def test_what_waits_for_a_person_is_not_asked_about_again_and_again(self, paying, attempt_id):
        paying.fault("tamper_amount", value=10)
        paying.press(attempt_id)
        settle(attempt_id, paying.gateway, "callback")
        before = heard(attempt_id)
        for _ in range(3):
            assert poll_unverified(paying.gateway) == 1
        assert heard(attempt_id) == before


def test_of_many_workers_one_asks(app, paying, campaign):
    ids = [paying.attempt(pledged(campaign)) for _ in range(6)]
    for attempt_id in ids:
        paying.press(attempt_id, "pay_and_close")
    for row in map(look, ids):
        row.next_check_at = now()
    gateways = {paying.gateway.name: paying.gateway}
    assert sum(at_once(app, 6, lambda _number: sweep(gateways, HOURS))) == 6
    assert received(campaign.id) == 6 * GIFT
    assert db.session.scalar(select(func.count(LedgerTxn.id))) == 6
