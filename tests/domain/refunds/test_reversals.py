"""The bank takes a payment back: two people decide, the gateway is asked, and no answer is never a failure."""

from datetime import timedelta

import pytest

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.contributions.queries import wall
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import balance
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.payments.moves import reversible_until
from campaigns.domain.payments.settlement import settle
from campaigns.domain.payments.states import State
from campaigns.domain.payments.sweeper import sweep
from campaigns.domain.refunds.actions import approve, fail, finish, refuse, request, send
from campaigns.domain.refunds.decisions import agree, propose
from campaigns.domain.refunds.errors import Refused
from campaigns.domain.refunds.holding import held_free
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.queries import standing_proposal
from campaigns.domain.refunds.reasons import Reason
from campaigns.domain.refunds.reversals import ask, follow_up
from campaigns.domain.refunds.states import RefundState, WrongStep
from tests.domain.refunds.money import bar, farid, item_of, negar, owed, paid
from tests.domain.refunds.reversing import adds_up, at_the_bank, decided, given, wanted
from tests.giving import GIFT, live_campaign, pledged
from tests.support.crowds import at_once
from tests.support.paying import heard, later, look

CLEARING = accounts.clearing("zarinpal")


@pytest.fixture
def campaign(app):
    return live_campaign()


@pytest.fixture
def one(app) -> User:
    return farid()


@pytest.fixture
def other(app) -> User:
    return negar()


class TestZarinPal:
    def test_t15_t16_all_of_it_goes_back_and_the_book_is_mirrored(self, paying, campaign, one, other):
        attempt = given(paying, campaign)
        refund = decided(attempt, one, other, paying.gateway)
        assert (look(attempt.id).state, bar(campaign)) == (State.REVERSING, (GIFT, 1))
        assert ask(refund.id, paying.gateway) is RefundState.DONE
        assert (look(attempt.id).state, at_the_bank(paying)) == (State.REVERSED, "REVERSED")
        assert (bar(campaign), balance(CLEARING), owed()) == ((0, 0), 0, 0)
        assert balance(accounts.fee("zarinpal")) == 0
        assert wall(campaign.id, 9) == []
        adds_up()

    def test_t15_one_person_alone_takes_nothing_back(self, paying, campaign, one):
        refund = wanted(given(paying, campaign), one, paying.gateway)
        with pytest.raises(Refused, match="own"):
            approve(refund, one)

    def test_t15_after_the_time_of_the_gateway_it_is_refused(self, paying, campaign, one, other):
        attempt = given(paying, campaign)
        refund = wanted(attempt, one, paying.gateway)
        with clock.at(now() + timedelta(minutes=28, seconds=1)):
            with pytest.raises(Refused, match="late"):
                wanted(attempt, one, paying.gateway)
            with pytest.raises(Refused, match="late"):
                approve(refund, other)
        db.session.rollback()
        assert look(attempt.id).state == State.PAID
        refuse(refund, other, "too late")
        assert look(attempt.id).refund_reserved_rials == 0

    def test_t15_only_a_whole_payment_of_which_nothing_was_asked_for(self, paying, campaign, one):
        attempt = given(paying, campaign)
        until = reversible_until(attempt, paying.gateway)
        with pytest.raises(Refused, match="whole"):
            request(attempt, one, GIFT - 10_000, Reason.DONOR, "part", until)
        request(attempt, one, 100_000, Reason.DONOR, "part")
        with pytest.raises(Refused, match="captured"):
            request(attempt, one, GIFT, Reason.DONOR, "all", until)

    def test_t17_the_bank_says_no_and_the_gift_stands_as_before(self, paying, campaign, one, other):
        attempt = given(paying, campaign)
        paying.fault("refuse_reverse", operation="reverse")
        refund = decided(attempt, one, other, paying.gateway)
        assert ask(refund.id, paying.gateway) is RefundState.FAILED
        row = look(attempt.id)
        assert (row.state, row.refund_reserved_rials, bar(campaign)) == (State.PAID, 0, (GIFT, 1))
        approve(request(row, one, GIFT, Reason.DONOR, "then by a refund"), other)
        db.session.commit()
        assert bar(campaign) == (0, 0)
        adds_up()

    @pytest.mark.parametrize("kind", ["drop_response_after_commit", "http_500", "truncated_json"])
    def test_t18_no_answer_is_no_failure_and_the_worker_finds_out(self, paying, campaign, one, other, kind):
        attempt = given(paying, campaign)
        paying.fault(kind, operation="reverse")
        refund = decided(attempt, one, other, paying.gateway)
        assert ask(refund.id, paying.gateway) is RefundState.SENT
        assert (look(attempt.id).state, bar(campaign)) == (State.REVERSING, (GIFT, 1))
        sweep({"zarinpal": paying.gateway}, 72)
        assert follow_up({"zarinpal": paying.gateway}) == 0  # not yet
        with clock.at(now() + timedelta(minutes=2)):
            sweep({"zarinpal": paying.gateway}, 72)
            assert follow_up({"zarinpal": paying.gateway}) == 1
        assert (look(attempt.id).state, at_the_bank(paying)) == (State.REVERSED, "REVERSED")
        assert bar(campaign) == (0, 0)
        adds_up()

    def test_t18_when_the_time_is_over_and_the_bank_still_has_it_verified_it_stays_ours(
        self, paying, campaign, one, other
    ):
        attempt = given(paying, campaign)
        paying.fault("http_500", operation="reverse")
        refund = decided(attempt, one, other, paying.gateway)
        ask(refund.id, paying.gateway)
        with clock.at(now() + timedelta(minutes=45)):
            follow_up({"zarinpal": paying.gateway})
        db.session.expire_all()
        ended = {"VERIFIED": ("failed", State.PAID), "REVERSED": ("done", State.REVERSED)}
        assert (refund.state, look(attempt.id).state) == ended[at_the_bank(paying)]
        adds_up()

    def test_while_nobody_knows_no_spending_takes_the_money(self, paying, campaign, one, other):
        attempt = given(paying, campaign)
        account = accounts.campaign(campaign.id, "sadaqah")
        assert held_free(account) == GIFT
        decided(attempt, one, other, paying.gateway)
        assert held_free(account) == 0

    def test_without_its_terminal_nobody_is_asked_and_nothing_ends(self, paying, campaign, one, other):
        refund = decided(given(paying, campaign), one, other, paying.gateway)
        assert ask(refund.id, None) is RefundState.SENT
        with clock.at(now() + timedelta(minutes=2)):
            follow_up({"zarinpal": paying.gateway})
        db.session.expire_all()
        assert refund.state == "done"

    def test_eight_who_ask_at_once_take_it_back_once(self, app, paying, campaign, one, other):
        attempt = given(paying, campaign)
        refund_id = decided(attempt, one, other, paying.gateway).id
        at_once(app, 8, lambda _number: ask(refund_id, paying.gateway))
        assert look(attempt.id).state == State.REVERSED
        assert bar(campaign) == (0, 0)
        assert sum(line.startswith("reverse ") for line in heard(attempt.id)) == 1

    def test_nobody_sends_it_by_hand_and_what_a_person_saw_ends_it(self, paying, campaign, one, other):
        attempt = given(paying, campaign)
        refund = decided(attempt, one, other, paying.gateway)
        with pytest.raises(WrongStep):
            send(refund, one, "PANEL-1")
        ask(refund.id, None)
        db.session.expire_all()
        finish(refund, other, "on the statement of Sunday")
        db.session.commit()
        assert (look(attempt.id).state, bar(campaign)) == (State.REVERSED, (0, 0))
        assert ask(refund.id, paying.gateway) is RefundState.DONE

    def test_an_answer_after_somebody_wrote_down_another_end_is_shown_to_people(
        self, paying, campaign, one, other
    ):
        class SlowGateway:
            """Somebody writes an end down by hand while the bank is being asked."""

            def capabilities(self):
                return paying.gateway.capabilities()

            def reverse(self, asked):
                answer = paying.gateway.reverse(asked)
                fail(db.session.get_one(Refund, refund.id), one, "the bank said no by telephone")
                db.session.commit()
                return answer

        refund = decided(given(paying, campaign), one, other, paying.gateway)
        ask(refund.id, SlowGateway())
        assert [item.kind for item in db.session.query(ReviewItem)] == ["taken_back"]

    def test_a_gift_with_two_payments_is_given_back_by_refunds(self, app, paying, campaign, one, other):
        first = given(paying, campaign)
        item = item_of(paid(app, first.contribution))
        propose(item, one, "allocate", "seen", campaign)
        agree(item, other, standing_proposal(item).public_id)
        with pytest.raises(Refused, match="another"):
            wanted(first, one, paying.gateway)

    def test_nothing_is_added_to_a_gift_that_is_just_being_taken_back(
        self, app, paying, campaign, one, other
    ):
        first = given(paying, campaign)
        item = item_of(paid(app, first.contribution))
        propose(item, one, "allocate", "seen", campaign)
        decided(first, one, other, paying.gateway)
        with pytest.raises(Refused, match="another"):
            agree(item, other, standing_proposal(item).public_id)


def test_money_that_never_was_a_gift_leaves_no_gift_behind_that_is_gone(paying, campaign, one, other):
    attempt_id = paying.attempt(pledged(campaign))
    paying.press(attempt_id)
    campaign.state = "cancelled"
    db.session.commit()
    assert settle(attempt_id, paying.gateway, "callback", {}) is State.REVIEW
    item, until = item_of(look(attempt_id)), later(minutes=20)
    propose(item, one, "reverse", "the campaign is off", reverse_until=until)
    refund = agree(item, other, standing_proposal(item).public_id, "", until)
    db.session.commit()
    assert ask(refund.id, paying.gateway) is RefundState.DONE
    attempt = look(attempt_id)
    assert (attempt.state, balance(CLEARING), balance(accounts.UNALLOCATED)) == (State.REVERSED, 0, 0)
    assert (attempt.contribution.received_at, attempt.contribution.refunded_at) == (None, None)
