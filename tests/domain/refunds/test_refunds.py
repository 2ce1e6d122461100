"""Money goes back to the card it came from when two people say so, and never more than came."""

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import DBAPIError

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.contributions.queries import wall
from campaigns.domain.contributions.rules import Purpose
from campaigns.domain.funds import actions as funds
from campaigns.domain.funds.actions import Plan
from campaigns.domain.funds.models import Spending
from campaigns.domain.funds.refusals import Refused as NotSpent
from campaigns.domain.insights.open_book import corrections
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.models import LedgerTxn
from campaigns.domain.ledger.queries import balance
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.refunds.actions import approve, fail, finish, refuse, send
from campaigns.domain.refunds.decisions import agree, propose
from campaigns.domain.refunds.errors import Refused
from campaigns.domain.refunds.models import Refund, RefundStep
from campaigns.domain.refunds.queries import refund_steps, standing_proposal, waiting_rials
from campaigns.domain.refunds.reasons import REASON_LABELS, Reason
from campaigns.domain.refunds.states import WrongStep
from tests.domain.refunds.money import (
    agreed,
    asked,
    bar,
    farid,
    item_of,
    negar,
    of_another_sum,
    owed,
    paid,
    whole,
)
from tests.giving import GIFT, live_campaign, pledged
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


class TestTheWay:
    def test_a_request_reserves_and_moves_nothing(self, app, campaign, one):
        attempt = whole(app, campaign)
        refund = asked(attempt, one)
        assert (refund.state, look(attempt.id).refund_reserved_rials) == ("requested", GIFT)
        assert (bar(campaign), owed()) == ((GIFT, 1), 0)

    def test_approved_the_bar_goes_down_and_we_owe_it(self, app, campaign, one, other):
        attempt = whole(app, campaign)
        whole(app, campaign, 3_000_000)
        agreed(attempt, one, other)
        assert (bar(campaign), owed()) == ((3_000_000, 1), GIFT)
        assert [row.rials for row in wall(campaign.id, 9)] == [3_000_000]

    def test_done_the_gateway_has_paid_it(self, app, campaign, one, other):
        refund = agreed(whole(app, campaign), one, other)
        send(refund, one, "PANEL-7")
        finish(refund, other, "on the statement")
        db.session.commit()
        assert (refund.state, owed(), balance(CLEARING)) == ("done", 0, 0)
        assert [step.after for step in refund_steps(refund)] == ["requested", "approved", "sent", "done"]

    @pytest.mark.parametrize("sent", [True, False])
    def test_failed_everything_is_as_before(self, app, campaign, one, other, sent):
        attempt = whole(app, campaign)
        refund = agreed(attempt, one, other)
        assert bar(campaign) == (0, 0)
        if sent:
            send(refund, one, "PANEL-7")
        fail(refund, one, "the card is closed")
        db.session.commit()
        assert (bar(campaign), owed(), look(attempt.id).refund_reserved_rials) == ((GIFT, 1), 0, 0)
        assert len(wall(campaign.id, 9)) == 1
        assert db.session.scalars(select(LedgerTxn.actor_id).order_by(LedgerTxn.id.desc())).first() == one.id
        asked(attempt, one)

    def test_a_refused_request_gives_its_reservation_back(self, app, campaign, one, other):
        attempt = whole(app, campaign)
        refund = asked(attempt, one)
        with pytest.raises(Refused, match="evidence"):
            refuse(refund, other, " ")
        refuse(refund, other, "she changed her mind")
        db.session.commit()
        assert look(attempt.id).refund_reserved_rials == 0
        assert (bar(campaign), owed()) == ((GIFT, 1), 0)

    def test_half_a_gift_is_still_a_gift(self, app, campaign, one, other):
        attempt = whole(app, campaign)
        first = agreed(attempt, one, other, 2_000_000)
        assert (bar(campaign), len(wall(campaign.id, 9))) == ((3_000_000, 1), 1)
        agreed(attempt, one, other, 3_000_000)
        assert (bar(campaign), len(wall(campaign.id, 9))) == ((0, 0), 0)
        fail(first, one, "closed card")
        db.session.commit()
        assert (bar(campaign), len(wall(campaign.id, 9))) == ((2_000_000, 1), 1)

    def test_what_went_back_of_one_gift_says_nothing_of_another(self, app, campaign, one, other):
        gifts = [whole(app, campaign), whole(app, campaign, donor_name="Zari")]
        for attempt in gifts:
            agreed(attempt, one, other)
        assert (bar(campaign), len(wall(campaign.id, 9))) == ((0, 0), 0)
        assert [attempt.contribution.refunded_at is not None for attempt in gifts] == [True, True]

    def test_a_gift_whose_second_payment_went_back_is_gone_with_the_first(self, app, campaign, one, other):
        gift = pledged(campaign)
        first = paid(app, gift)
        item = item_of(paid(app, gift))
        propose(item, one, "return", "paid twice")
        proposal = standing_proposal(item)
        agree(item, other, proposal.public_id)
        agreed(first, one, other, 2_000_000)
        assert (bar(campaign), gift.refunded_at) == ((3_000_000, 1), None)
        agreed(first, one, other, 3_000_000)
        assert bar(campaign) == (0, 0)
        assert gift.refunded_at is not None

    def test_a_gift_whose_second_payment_goes_back_still_stands(self, app, campaign, one, other):
        gift = pledged(campaign)
        paid(app, gift)
        second = paid(app, gift)
        item = item_of(second)
        propose(item, one, "allocate", "seen", campaign)
        agree(item, other, standing_proposal(item).public_id)
        db.session.commit()
        agreed(second, one, other)
        assert (bar(campaign), len(wall(campaign.id, 9))) == ((GIFT, 1), 1)

    def test_another_gift_of_the_campaign_says_nothing_about_this_one(self, app, campaign, one, other):
        first, _second = whole(app, campaign), whole(app, campaign)
        agreed(first, one, other)
        assert (bar(campaign), len(wall(campaign.id, 9))) == ((GIFT, 1), 1)


class TestTwoPeople:
    def test_nobody_approves_their_own_request(self, app, campaign, one):
        with pytest.raises(Refused, match="own"):
            approve(asked(whole(app, campaign), one), one)

    def test_money_that_was_spent_meanwhile_does_not_go_back(self, app, campaign, one, other):
        refund = asked(whole(app, campaign), one)
        spent = funds.propose(
            campaign, Plan(Intent.SADAQAH, Purpose.FOOD, GIFT - 10, "shop", "rice", "F-1"), one
        )
        funds.approve(spent, other)
        db.session.commit()
        with pytest.raises(Refused, match="spent"):
            approve(refund, other)
        db.session.rollback()
        assert (refund.state, owed()) == ("requested", 0)
        funds.call_off(spent, one, "not bought")
        approve(refund, other)
        assert owed() == GIFT

    def test_a_refund_and_a_spending_approved_at_once_never_empty_a_bucket_below_zero(
        self, app, campaign, one, other
    ):
        refund_id = asked(whole(app, campaign), one).id
        plan = Plan(Intent.SADAQAH, Purpose.FOOD, GIFT, "shop", "rice", "F-1")
        spending_id, campaign_id, other_id = funds.propose(campaign, plan, one).id, campaign.id, other.id

        def act(number: int) -> bool:
            who = db.session.get_one(User, other_id)
            try:
                if number % 2:
                    approve(db.session.get_one(Refund, refund_id), who)
                else:
                    funds.approve(db.session.get_one(Spending, spending_id), who)
                db.session.commit()
            except (Refused, WrongStep, NotSpent):
                db.session.rollback()
                return False
            return True

        assert sum(at_once(app, 8, act)) == 1
        assert balance(accounts.campaign(campaign_id, "sadaqah")) == 0

    def test_not_even_the_database_lets_them(self, app, campaign, one):
        refund = asked(whole(app, campaign), one)
        refund.approved_by_id = one.id
        with pytest.raises(DBAPIError):
            db.session.flush()
        db.session.rollback()

    def test_its_history_stays(self, app, campaign, one):
        asked(whole(app, campaign), one)
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(delete(RefundStep))
        db.session.rollback()


class TestMoneyThatDidNotFit:
    def returned(self, item: ReviewItem, one: User, other: User) -> Refund:
        propose(item, one, "return", "the donor called")
        agree(item, other, standing_proposal(item).public_id)
        db.session.commit()
        return db.session.query(Refund).order_by(Refund.id.desc()).first()

    def test_two_people_return_it_to_the_donor(self, app, campaign, one, other):
        item = of_another_sum(app, campaign)
        refund = self.returned(item, one, other)
        assert (refund.state, refund.reason_code, refund.rials) == ("approved", "sum", 4_000_000)
        assert (refund.requested_by_id, refund.approved_by_id) == (one.id, other.id)
        assert (balance(accounts.UNALLOCATED), owed(), waiting_rials(item)) == (0, 4_000_000, 0)
        assert (item.state, bar(campaign)) == ("decided", (0, 0))

    def test_when_that_fails_it_waits_for_people_again(self, app, campaign, one, other):
        item = of_another_sum(app, campaign)
        fail(self.returned(item, one, other), one, "the card is closed")
        db.session.commit()
        again = db.session.query(ReviewItem).filter_by(kind="refund_failed").one()
        assert (again.state, waiting_rials(again), balance(accounts.UNALLOCATED)) == (
            "open",
            4_000_000,
            4_000_000,
        )
        propose(again, one, "allocate", "the donor agrees", campaign)
        agree(again, other, standing_proposal(again).public_id)
        db.session.commit()
        assert (bar(campaign), balance(accounts.UNALLOCATED)) == ((4_000_000, 1), 0)


def test_everybody_reads_what_was_taken_back_and_why(app, campaign, one, other):
    refund = agreed(whole(app, campaign), one, other)
    fail(refund, one, "closed card of Sara")
    db.session.commit()
    bar(campaign)
    rows, older = corrections(1, "en")
    with app.test_request_context():
        why = str(REASON_LABELS[Reason.DONOR])
        assert [(row.kind, row.campaign.slug, row.rials, str(row.reason)) for row in rows] == [
            ("gift_back", campaign.slug, GIFT, why),
            ("whole_refund", campaign.slug, -GIFT, why),
        ]
    assert not older
