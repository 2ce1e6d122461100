"""The same at Saman, which cannot be looked at: only its first «no» is believed."""

from datetime import timedelta

import pytest
import requests

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.payments import receipts
from campaigns.domain.payments.actions import begin, hand_off
from campaigns.domain.payments.contract import Gateway
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.settlement import settle
from campaigns.domain.payments.states import State
from campaigns.domain.refunds.actions import fail
from campaigns.domain.refunds.reversals import ask, follow_up
from campaigns.domain.refunds.states import RefundState
from tests.domain.refunds.money import bar, farid, negar
from tests.domain.refunds.reversing import adds_up, decided
from tests.gateways.practice import form_of, sep
from tests.giving import GIFT, live_campaign, pledged
from tests.support.paying import NOBODY, look
from tests.support.processes import PracticeBank


@pytest.fixture
def campaign(app):
    return live_campaign()


@pytest.fixture
def one(app) -> User:
    return farid()


@pytest.fixture
def other(app) -> User:
    return negar()


class TestSaman:
    """No inquiry, and fifty minutes; a second question says whether the first was heard."""

    @pytest.fixture
    def gateway(self, app, practice_bank: PracticeBank) -> Gateway:
        return sep(practice_bank.url, practice_bank.bank).gateway

    @pytest.fixture
    def attempt(self, gateway, practice_bank, campaign) -> PaymentAttempt:
        begun = begin(pledged(campaign), gateway)
        db.session.commit()
        hand_off(begun, gateway, NOBODY, "gift")
        ref = look(begun.id).gateway_ref
        db.session.commit()
        pressed = requests.post(f"{practice_bank.url}/OnlinePG/pay/{ref}", data={"act": "pay"}, timeout=10)
        receipts.hear(begun.id, form_of(pressed.text)["RefNum"][0])
        db.session.commit()
        assert settle(begun.id, gateway, "callback", {}) is State.PAID
        return look(begun.id)

    def test_it_is_taken_back_within_fifty_minutes(self, gateway, attempt, campaign, one, other):
        with clock.at(now() + timedelta(minutes=47)):
            refund = decided(attempt, one, other, gateway)
            assert ask(refund.id, gateway) is RefundState.DONE
        assert (look(attempt.id).state, bar(campaign)) == (State.REVERSED, (0, 0))
        adds_up()

    def test_a_lost_answer_is_found_by_asking_again(
        self, gateway, practice_bank, attempt, campaign, one, other
    ):
        sep(practice_bank.url, practice_bank.bank).fault("drop_response_after_commit", operation="reverse")
        refund = decided(attempt, one, other, gateway)
        assert ask(refund.id, gateway) is RefundState.SENT
        with clock.at(now() + timedelta(minutes=2)):
            follow_up({"sep": gateway})
        assert (look(attempt.id).state, bar(campaign)) == (State.REVERSED, (0, 0))

    def test_a_no_after_a_question_without_an_answer_is_for_a_person(
        self, gateway, practice_bank, attempt, campaign, one, other
    ):
        bank = sep(practice_bank.url, practice_bank.bank)
        bank.fault("http_500", operation="reverse")
        refund = decided(attempt, one, other, gateway)
        ask(refund.id, gateway)
        bank.fault("refuse_reverse", operation="reverse")
        with clock.at(now() + timedelta(minutes=2)):
            follow_up({"sep": gateway})
        db.session.expire_all()
        assert (refund.state, look(attempt.id).state) == ("sent", State.REVERSING)
        fail(refund, other, "the bank's letter of Sunday")
        db.session.commit()
        assert (look(attempt.id).state, bar(campaign)) == (State.PAID, (GIFT, 1))
