"""Sara gives through each of the gateways, from the form to the receipt, with a browser that runs no script."""

import re
from datetime import timedelta

import pytest

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.domain.ledger.queries import balance, disagreements, received
from campaigns.domain.payments.states import State
from sandbox import sessions
from sandbox.faults import Fault
from tests.giving import live_campaign
from tests.support.paying import items
from tests.web.give.payer import Payer, fields

NAMES = ("zarinpal", "zibal", "sep")
GIFT = 500_000


@pytest.fixture
def campaign(app):
    return live_campaign()


@pytest.fixture
def sara(app, campaign, three_gateways):
    return Payer(app, campaign, three_gateways.url)


@pytest.mark.parametrize("name", NAMES)
def test_she_pays_and_reads_her_receipt(sara, campaign, name):
    sent = sara.send(gateway=name)
    assert (sent.status_code, sent.text) == (200, sara.hop().text)
    assert sara.arrive().status_code == 200
    back = sara.come_back(sara.press())
    assert back.status_code == 303
    assert "Thank you" in sara.client.get(back.headers["Location"]).text
    attempt = sara.attempt()
    assert (attempt.state, attempt.gateway, attempt.captured_rials) == (State.PAID, name, GIFT)
    assert attempt.receipt_ref
    assert received(campaign.id) == GIFT
    assert balance(f"asset:clearing:{name}") > 0
    assert disagreements() == []


@pytest.mark.parametrize("name", NAMES)
def test_she_cancels_and_may_go_on_where_she_was(sara, campaign, name):
    sara.send(gateway=name)
    back = sara.come_back(sara.press("cancel"))
    assert "You came back without paying" in sara.client.get(back.headers["Location"]).text
    assert sara.attempt().state == State.SOFT_CANCELLED
    assert received(campaign.id) == 0


def test_the_hop_to_saman_is_a_form_with_a_button_and_leave_for_that_bank_alone(sara, three_gateways):
    sara.send(gateway="sep")
    page = sara.hop()
    assert page.status_code == 200
    assert "http-equiv" not in page.text
    assert re.search(r'<button class="btn">Pay 50,000 Toman at the bank</button>', page.text, re.IGNORECASE)
    policy = page.headers["Content-Security-Policy"]
    assert f"form-action 'self' {three_gateways.url};" in policy
    assert page.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize("name", ["zarinpal", "zibal"])
def test_other_hops_go_on_by_themselves_and_send_forms_nowhere_else(sara, name, three_gateways):
    sara.send(gateway=name)
    page = sara.hop()
    assert 'http-equiv="refresh"' in page.text
    assert "form-action 'self';" in page.headers["Content-Security-Policy"]


def test_saman_takes_nobody_who_hides_where_they_come_from(sara):
    sara.send(gateway="sep")
    assert sara.arrive(referer="").status_code == 403


class TestReceiptsOfSaman:
    """Only the way back names the payment, and anybody may write what it says."""

    @pytest.fixture
    def pressed(self, sara):
        sara.send(gateway="sep")
        return sara.press()

    def test_junk_is_refused_and_the_right_one_still_counts(self, sara, campaign, pressed):
        sara.come_back(pressed, RefNum="junk+that/never=was")
        assert sara.attempt().state == State.VERIFYING
        assert received(campaign.id) == 0
        sara.come_back(pressed)
        assert sara.attempt().state == State.PAID
        assert received(campaign.id) == GIFT

    def test_junk_after_a_lost_answer_does_not_hide_the_right_one(
        self, sara, campaign, pressed, three_gateways
    ):
        three_gateways.bank.faults.add(Fault("drop_response_after_commit", operation="verify"))
        sara.come_back(pressed)
        sara.come_back(pressed, RefNum="junk+that/never=was")
        assert received(campaign.id) == 0
        sara.later(minutes=2)
        sara.later(minutes=5)
        assert sara.attempt().state == State.PAID
        assert received(campaign.id) == GIFT

    def test_a_second_receipt_changes_nothing_once_it_is_paid(self, sara, campaign, pressed):
        sara.come_back(pressed)
        first = sara.attempt().receipt_ref
        sara.come_back(pressed, RefNum="another+receipt/of=mine")
        attempt = sara.attempt()
        assert (attempt.state, attempt.receipt_ref) == (State.PAID, first)
        assert received(campaign.id) == GIFT

    def test_a_cancelled_that_brings_a_receipt_is_asked_about(self, sara, campaign, pressed):
        sara.come_back(pressed, State="CanceledByUser", Status="1")
        assert sara.attempt().state == State.PAID

    @pytest.mark.fault("F12")
    def test_f12_the_way_back_of_another_gift_moves_nothing(self, sara, pressed):
        sara.come_back(pressed, Token="0" * 32, ResNum="1")
        assert sara.attempt().state == State.REDIRECTED

    @pytest.mark.fault("F14")
    def test_f14_one_payment_pays_one_gift_however_often_it_is_shown(
        self, app, sara, campaign, pressed, three_gateways
    ):
        sara.come_back(pressed)
        again = Payer(app, campaign, three_gateways.url)
        again.send("key-2", gateway="sep")
        mine = fields(pressed.text)
        again.come_back(again.press("cancel"), RefNum=mine["RefNum"], State="OK", Status="2")
        assert again.attempt().state == State.REVIEW
        assert ("duplicate_receipt", again.attempt().id) in items()
        assert received(campaign.id) == GIFT

    @pytest.mark.fault("F13")
    def test_f13_a_small_payment_does_not_pay_a_big_gift(self, app, sara, campaign, pressed, three_gateways):
        big = Payer(app, campaign, three_gateways.url, tomans=5_000_000)
        big.send("key-2", gateway="sep")
        mine = fields(pressed.text)
        big.come_back(big.press("cancel"), RefNum=mine["RefNum"], State="OK", Status="2")
        assert big.attempt().state == State.REVIEW
        assert received(campaign.id) == 0
        assert balance("liability:unallocated") == GIFT

    def test_a_tab_closed_at_the_bank_is_nobodys_money_and_ends_when_saman_has_given_it_back(
        self, sara, campaign, three_gateways
    ):
        """No callback, no RefNum: nobody can ask. SEP returns what was not verified in half an hour."""
        sara.send("key-2", gateway="sep")
        sara.press("pay_and_close")
        sara.later(minutes=60)
        assert sara.attempt().state == State.REDIRECTED
        sara.later(minutes=71)
        assert sara.attempt().state == State.EXPIRED
        assert items() == []
        three_gateways.bank.clock.ahead_seconds = 71 * 60
        with three_gateways.bank.store.transaction() as book:
            sessions.age(book, three_gateways.bank.clock.now())
            states = [row["state"] for row in book.execute("SELECT state FROM session ORDER BY created_at")]
        assert states[-1] == "REVERSED"

    def test_a_way_back_that_comes_days_later_is_still_asked_about(self, sara, pressed, three_gateways):
        sara.later(minutes=71)
        three_gateways.bank.clock.ahead_seconds = 71 * 60
        with clock.at(now() + timedelta(minutes=71)):
            sara.come_back(pressed)
        assert sara.attempt().state == State.NOT_PAID

    def test_given_back_after_a_question_without_an_answer_is_for_a_person(
        self, sara, campaign, pressed, three_gateways
    ):
        three_gateways.bank.faults.add(Fault("http_500", operation="verify"))
        sara.come_back(pressed)
        three_gateways.bank.clock.ahead_seconds = 40 * 60
        sara.later(minutes=40)
        assert sara.attempt().state == State.VERIFYING
        sara.later(hours=73)
        assert items() == [("no_answer", sara.attempt().id)]
        assert received(campaign.id) == 0
