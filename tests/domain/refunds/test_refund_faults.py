"""The faults F42 to F45 of the payment design: refunds raced, refused, repeated, and after a reversal."""

import pytest

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import mirror
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.queries import balance
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.refunds.actions import LEAST_RIALS, approve, fail, finish, request, send
from campaigns.domain.refunds.errors import Refused
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.reasons import Reason
from campaigns.domain.refunds.states import WrongStep
from tests.domain.refunds.money import (
    agreed,
    asked,
    bar,
    farid,
    negar,
    owed,
    whole,
)
from tests.giving import GIFT, live_campaign
from tests.support.crowds import at_once
from tests.support.paying import look

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


@pytest.mark.fault("F42")
class TestF42ConcurrentRefundsExceedCaptured:
    def test_64_people_who_ask_at_once_get_no_more_than_came(self, app, campaign, one):
        attempt_id, person_id = whole(app, campaign).id, one.id

        def act(_number: int) -> bool:
            attempt = db.session.get_one(PaymentAttempt, attempt_id)
            try:
                request(attempt, db.session.get_one(User, person_id), 300_000, Reason.DONOR, "she wrote")
                db.session.commit()
            except Refused:
                db.session.rollback()
                return False
            return True

        assert sum(at_once(app, 64, act)) == GIFT // 300_000
        assert look(attempt_id).refund_reserved_rials == GIFT // 300_000 * 300_000

    def test_approved_at_once_the_last_one_and_only_it_takes_the_gift_away(self, app, campaign, one, other):
        attempt, person_id = whole(app, campaign), other.id
        ids = [asked(attempt, one, 500_000).id for _ in range(10)]

        def act(number: int) -> None:
            approve(db.session.get_one(Refund, ids[number % 10]), db.session.get_one(User, person_id))
            db.session.commit()

        def once(number: int) -> bool:
            try:
                act(number)
            except WrongStep:
                db.session.rollback()
                return False
            return True

        assert sum(at_once(app, 20, once)) == 10
        db.session.expire_all()
        assert (bar(campaign), owed()) == ((0, 0), GIFT)


@pytest.mark.fault("F43")
class TestF43NegativeZeroOrTooSmallRefund:
    @pytest.mark.parametrize("rials", [-1, 0, 1, LEAST_RIALS - 1, True, 50_000.0, "50000"])
    def test_it_is_refused(self, app, campaign, one, rials):
        attempt = whole(app, campaign)
        with pytest.raises(Refused, match="amount"):
            request(attempt, one, rials, Reason.DONOR, "she wrote")
        assert look(attempt.id).refund_reserved_rials == 0

    def test_the_least_is_enough_and_one_rial_too_much_is_not(self, app, campaign, one):
        attempt = whole(app, campaign)
        asked(attempt, one, LEAST_RIALS)
        with pytest.raises(Refused, match="captured"):
            request(attempt, one, GIFT - LEAST_RIALS + 1, Reason.DONOR, "she wrote")


@pytest.mark.fault("F44")
class TestF44RefundTimeoutThenRetry:
    def test_what_was_sent_and_not_answered_stays_sent_and_is_not_sent_again(self, app, campaign, one, other):
        refund = agreed(whole(app, campaign), one, other)
        send(refund, one, "PANEL-7")
        db.session.commit()
        with pytest.raises(WrongStep):
            send(refund, other, "PANEL-8")
        assert (refund.state, refund.provider_ref, owed()) == ("sent", "PANEL-7", GIFT)

    def test_confirmed_twice_it_is_paid_once(self, app, campaign, one, other):
        refund = agreed(whole(app, campaign), one, other)
        send(refund, one, "PANEL-7")
        finish(refund, one)
        db.session.commit()
        for again in (finish, fail):
            with pytest.raises(WrongStep):
                again(refund, other, "again")
        assert (owed(), balance(CLEARING)) == (0, 0)

    def test_one_reference_of_the_gateway_stands_for_one_refund(self, app, campaign, one, other):
        attempt = whole(app, campaign)
        first, second = (agreed(attempt, one, other, 1_000_000) for _ in range(2))
        send(first, one, "PANEL-7")
        db.session.commit()
        with pytest.raises(Refused, match="reference"):
            send(second, one, "PANEL-7")
        db.session.rollback()

    def test_twenty_who_end_it_at_once_end_it_once(self, app, campaign, one, other):
        refund = agreed(whole(app, campaign), one, other)
        send(refund, one, "PANEL-7")
        db.session.commit()
        refund_id, person_id = refund.id, one.id

        def act(number: int) -> bool:
            ends = finish if number % 2 else fail
            try:
                ends(db.session.get_one(Refund, refund_id), db.session.get_one(User, person_id), "the bank")
                db.session.commit()
            except WrongStep:
                db.session.rollback()
                return False
            return True

        assert sum(at_once(app, 20, act)) == 1
        db.session.expire_all()
        assert owed() == 0
        assert bar(campaign)[0] == balance(CLEARING)


@pytest.mark.fault("F45")
class TestF45RefundAfterAReversal:
    def test_what_the_gateway_took_back_is_not_given_back_as_well(self, app, campaign, one, other):
        attempt = whole(app, campaign)
        refund = asked(attempt, one)
        mirror(f"cap:{attempt.public_id}", Kind.REVERSAL, occurred_at=now())
        db.session.commit()
        with pytest.raises(Refused, match="reversed"):
            approve(refund, other)
        db.session.rollback()
        with pytest.raises(Refused, match="reversed"):
            request(attempt, one, LEAST_RIALS, Reason.DONOR, "she wrote")
        assert (bar(campaign), owed()) == ((0, 0), 0)
