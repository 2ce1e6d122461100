from datetime import timedelta

import pytest

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.payments.actions import Begun, begin, hand_off
from campaigns.domain.payments.contract import StartRequest, StartResult
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import State
from campaigns.gateways.zarinpal import ZarinPal
from tests.giving import GIFT, live_campaign, pledged
from tests.support.crowds import at_once
from tests.support.paying import MERCHANT, NOBODY, heard, later, look


@pytest.fixture
def gift(paying):
    return pledged(live_campaign(), mobile="+989121112233")


def begun(gift, paying) -> Begun:
    attempt = begin(gift, paying.gateway)
    db.session.commit()
    return attempt


def opened(attempt: Begun, paying) -> State:
    return hand_off(attempt, paying.gateway, NOBODY, "gift").state


class TestBegin:
    def test_an_attempt_keeps_the_amount_and_the_gateway_of_its_gift(self, gift, paying):
        row = look(begun(gift, paying).id)
        assert (row.state, row.rials, row.captured_rials) == (State.CREATED, GIFT, 0)
        assert (row.gateway, row.environment) == ("zarinpal", "sandbox")
        assert 10**14 <= row.numeric_ref < 10**15

    def test_an_attempt_nobody_opened_is_looked_at_after_half_an_hour(self, gift, paying):
        row = look(begun(gift, paying).id)
        assert row.next_check_at == row.created_at + timedelta(minutes=30)


class TestHandOff:
    def test_the_donor_may_go_to_the_bank(self, gift, paying):
        attempt = begun(gift, paying)
        assert opened(attempt, paying) is State.REDIRECTED
        row = look(attempt.id)
        assert row.redirect_url == f"{paying.url}/pg/StartPay/{row.gateway_ref}"
        assert heard(attempt.id) == ["start started"]

    def test_who_was_second_is_not_sent_to_a_session_that_nobody_keeps(self, gift, paying):
        attempt = begun(gift, paying)
        first = hand_off(attempt, paying.gateway, NOBODY, "gift")
        second = hand_off(attempt, paying.gateway, NOBODY, "gift")
        assert first.redirect is not None
        assert first.redirect.url == look(attempt.id).redirect_url
        assert (second.state, second.redirect) == (State.REDIRECTED, None)

    def test_the_bank_knows_our_amount(self, gift, paying):
        attempt = begun(gift, paying)
        opened(attempt, paying)
        with paying.bank.store.transaction() as book:
            session = book.execute("SELECT rials, order_id FROM session").fetchone()
        assert (session["rials"], session["order_id"]) == (GIFT, look(attempt.id).public_id)

    @pytest.mark.fault("F20")
    @pytest.mark.parametrize(
        "fault", ["http_500", "rate_limit", "html_body", "truncated_json", "drop_response_after_commit"]
    )
    def test_a_gateway_that_does_not_open_leaves_a_failed_request(self, gift, paying, fault):
        attempt = begun(gift, paying)
        paying.fault(fault)
        assert opened(attempt, paying) is State.REQUEST_FAILED
        row = look(attempt.id)
        assert (row.gateway_ref, row.next_check_at) == (None, None)

    def test_an_attempt_is_handed_over_once(self, gift, paying):
        attempt = begun(gift, paying)
        opened(attempt, paying)
        ref = look(attempt.id).gateway_ref
        assert opened(attempt, paying) is State.REDIRECTED
        assert look(attempt.id).gateway_ref == ref

    def test_many_who_hand_it_over_at_once_agree_where_the_donor_goes(self, app, gift, paying):
        attempt = begun(gift, paying)
        states = at_once(app, 8, lambda _number: opened(attempt, paying))
        assert set(states) == {State.REDIRECTED}
        assert heard(attempt.id).count("start started") >= 1

    def test_two_sessions_of_one_name_send_nobody_to_the_bank(self, gift, paying):
        first = begun(gift, paying)
        opened(first, paying)
        again = Repeating(str(look(first.id).gateway_ref), paying.url)
        second = begun(gift, paying)
        assert hand_off(second, again, NOBODY, "gift").state is State.REQUEST_FAILED
        assert look(second.id).gateway_ref is None

    def test_no_transaction_is_open_while_the_gateway_is_asked(self, gift, paying):
        attempt = begun(gift, paying)
        watching = Watching(MERCHANT, paying.url, "sandbox")
        hand_off(attempt, watching, NOBODY, "gift")
        assert watching.open_while_asked == [False]

    def test_an_answer_that_comes_after_the_attempt_was_given_up_changes_nothing(self, gift, paying):
        attempt = begun(gift, paying)
        db.session.get_one(PaymentAttempt, attempt.id).state = State.EXPIRED.value
        db.session.commit()
        with clock.at(later(minutes=31)):
            assert opened(attempt, paying) is State.EXPIRED


class Repeating(ZarinPal):
    """A gateway that names two sessions alike."""

    def __init__(self, ref: str, url: str) -> None:
        super().__init__(MERCHANT, url, "sandbox")
        self.ref = ref

    def start(self, request: StartRequest) -> StartResult:
        return StartResult(self.ref, super().start(request).redirect)


class Watching(ZarinPal):
    """The same gateway, noting whether we hold a transaction while it works."""

    def __init__(self, *values: str) -> None:
        super().__init__(*values)
        self.open_while_asked: list[bool] = []

    def start(self, request: StartRequest) -> StartResult:
        self.open_while_asked.append(db.session().in_transaction())
        return super().start(request)
