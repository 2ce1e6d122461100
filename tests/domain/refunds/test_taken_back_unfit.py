"""Money that no campaign had goes back: at once by its bank, by a refund, or it is back already (T14, T17)."""

from datetime import timedelta

import pytest

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import balance
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.payments.moves import reversible_until
from campaigns.domain.payments.settlement import settle
from campaigns.domain.payments.states import State
from campaigns.domain.refunds.actions import fail, finish, send
from campaigns.domain.refunds.decisions import agree, propose
from campaigns.domain.refunds.queries import REVERSE, outcomes, standing_proposal
from campaigns.domain.refunds.reversals import ask
from campaigns.domain.refunds.states import RefundState
from tests.domain.refunds.money import bar, farid, item_of, negar, owed
from tests.domain.refunds.reversing import adds_up
from tests.giving import GIFT, live_campaign, pledged
from tests.support.paying import look


@pytest.fixture
def campaign(app):
    return live_campaign()


@pytest.fixture
def one(app) -> User:
    return farid()


@pytest.fixture
def other(app) -> User:
    return negar()


class TestMoneyThatDidNotFit:
    @pytest.fixture
    def item(self, paying, campaign) -> ReviewItem:
        """Sara paid twice; the second payment waits for people."""
        gift = pledged(campaign)
        for _time in range(2):
            attempt_id = paying.attempt(gift)
            paying.press(attempt_id)
            settle(attempt_id, paying.gateway, "callback", {})
        return item_of(look(attempt_id))

    def test_t14_the_bank_takes_it_back_at_once(self, paying, campaign, item, one, other):
        until = reversible_until(item.attempt, paying.gateway)
        assert REVERSE in outcomes(item, until)
        propose(item, one, REVERSE, "she called", reverse_until=until)
        refund = agree(item, other, standing_proposal(item).public_id, "", until)
        db.session.commit()
        assert look(item.attempt.id).state == State.REVERSING
        assert ask(refund.id, paying.gateway) is RefundState.DONE
        assert (look(item.attempt.id).state, balance(accounts.UNALLOCATED)) == (State.REVERSED, 0)
        assert bar(campaign) == (GIFT, 1)
        adds_up()

    def test_t14_later_it_goes_back_by_a_refund_and_is_over_once_that_is_done(
        self, paying, campaign, item, one, other
    ):
        with clock.at(now() + timedelta(hours=1)):
            until = reversible_until(item.attempt, paying.gateway)
            assert outcomes(item, until) == ("allocate", "return", "returned")
        propose(item, one, "return", "she called")
        refund = agree(item, other, standing_proposal(item).public_id)
        assert look(item.attempt.id).state == State.REVERSING
        send(refund, one, "PANEL-1")
        finish(refund, other, "on the statement")
        db.session.commit()
        assert look(item.attempt.id).state == State.REVERSED
        assert (balance(accounts.UNALLOCATED), owed()) == (0, 0)

    def test_t17_what_could_not_be_returned_waits_for_people_again(self, paying, campaign, item, one, other):
        propose(item, one, "return", "she called")
        refund = agree(item, other, standing_proposal(item).public_id)
        fail(refund, one, "the card is closed")
        db.session.commit()
        assert look(item.attempt.id).state == State.REVIEW
        assert balance(accounts.UNALLOCATED) == GIFT
        adds_up()

    def test_what_the_bank_has_given_back_by_itself_leaves_the_book_by_its_mirror(
        self, paying, campaign, item, one, other
    ):
        propose(item, one, "returned", "on the statement")
        assert agree(item, other, standing_proposal(item).public_id) is None
        db.session.commit()
        assert look(item.attempt.id).state == State.REVERSED
        assert (balance(accounts.UNALLOCATED), bar(campaign)) == (0, (GIFT, 1))
        adds_up()
