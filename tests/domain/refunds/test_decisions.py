"""Money that does not fit moves only when two people agree, and never twice."""

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import DBAPIError

from campaigns.base.extensions import db
from campaigns.domain.contributions.queries import wall
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.models import LedgerTxn
from campaigns.domain.ledger.queries import balance
from campaigns.domain.payments.events import open_item
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.refunds.decisions import agree, close, confirm, propose, refuse
from campaigns.domain.refunds.errors import Refused
from campaigns.domain.refunds.models import ReviewStep
from campaigns.domain.refunds.queries import standing_proposal, steps_of, waiting_rials
from campaigns.domain.refunds.states import WrongStep
from tests.domain.refunds.money import bar, farid, negar, of_another_sum, of_nobody, paid, whole
from tests.giving import GIFT, live_campaign, pledged
from tests.support.crowds import at_once

SEEN = "statement of the 4th, line 12"


@pytest.fixture
def campaign(app):
    return live_campaign()


def proposed(item: ReviewItem, by, campaign, **more: str) -> str:
    """A proposal to give the money to `campaign`; its name."""
    propose(item, by, "allocate", SEEN, campaign, **more)
    db.session.commit()
    step = standing_proposal(item)
    assert step is not None
    return step.public_id


def decided(item: ReviewItem, campaign, **more: str) -> None:
    """Farid proposes, Negar agrees."""
    name = proposed(item, farid(), campaign, **more)
    agree(item, negar(), name)
    db.session.commit()


class TestGivingItToACampaign:
    def test_a_gift_of_another_sum_is_received_as_what_came(self, app, campaign):
        item = of_another_sum(app, campaign)
        assert (bar(campaign), waiting_rials(item)) == ((0, 0), 4_000_000)
        decided(item, campaign)
        assert bar(campaign) == (4_000_000, 1)
        assert balance(accounts.UNALLOCATED) == waiting_rials(item) == 0
        assert (item.attempt.state, item.state, item.attempt.contribution.rials) == (
            "paid",
            "decided",
            4_000_000,
        )
        assert item.closed_at is not None
        assert [row.rials for row in wall(campaign.id, 9)] == [4_000_000]

    def test_it_stays_under_the_intent_it_was_given_with(self, app):
        campaign = live_campaign("zakat")
        decided(of_another_sum(app, campaign, intent="zakat"), campaign)
        assert balance(accounts.campaign(campaign.id, "zakat")) == 4_000_000

    def test_a_second_payment_is_money_and_no_second_gift(self, app, campaign):
        gift = pledged(campaign)
        paid(app, gift)
        second = paid(app, gift)
        decided(db.session.query(ReviewItem).filter_by(attempt_id=second.id).one(), campaign)
        assert bar(campaign) == (2 * GIFT, 1)

    def test_a_gift_to_a_cancelled_campaign_goes_to_another_with_its_name(self, app, campaign):
        other, gift = live_campaign(), pledged(campaign)
        campaign.state = "cancelled"
        db.session.commit()
        item = db.session.query(ReviewItem).filter_by(attempt_id=paid(app, gift).id).one()
        one = farid()
        with pytest.raises(Refused, match="campaign"):
            propose(item, one, "allocate", SEEN, campaign)
        name = proposed(item, one, other)
        agree(item, negar(), name)
        db.session.commit()
        assert (bar(campaign), bar(other)) == ((0, 0), (GIFT, 1))
        assert item.attempt.contribution.campaign_id == other.id

    def test_zakat_never_goes_where_zakat_is_not_taken(self, app):
        item = of_another_sum(app, live_campaign("zakat"), intent="zakat")
        with pytest.raises(Refused, match="campaign"):
            propose(item, farid(), "allocate", SEEN, live_campaign())

    def test_a_campaign_cancelled_between_the_two_words_gets_nothing(self, app, campaign):
        item = of_another_sum(app, campaign)
        name = proposed(item, farid(), campaign)
        campaign.state = "cancelled"
        db.session.commit()
        with pytest.raises(Refused, match="campaign"):
            agree(item, negar(), name)
        db.session.rollback()
        assert (item.state, item.attempt.state) == ("proposed", "review")


class TestTwoPeople:
    def test_nobody_agrees_with_their_own_proposal(self, app, campaign):
        item, me = of_another_sum(app, campaign), farid()
        name = proposed(item, me, campaign)
        for answer in (agree, refuse):
            with pytest.raises(Refused, match="own"):
                answer(item, me, name, "yes")

    def test_a_refused_proposal_leaves_the_item_open_for_another(self, app, campaign):
        item, one, other = of_another_sum(app, campaign), farid(), negar()
        first = proposed(item, one, campaign)
        refuse(item, other, first, "the statement says otherwise")
        db.session.commit()
        assert (item.state, waiting_rials(item)) == ("open", 4_000_000)
        second = proposed(item, other, campaign)
        with pytest.raises(Refused, match="moved"):
            agree(item, one, first)
        agree(item, one, second)
        db.session.commit()
        assert [step.verb for step in steps_of(item)] == ["propose", "refuse", "propose", "agree"]

    def test_a_decision_says_why(self, app, campaign):
        item = of_another_sum(app, campaign)
        with pytest.raises(Refused, match="evidence"):
            propose(item, farid(), "allocate", " ", campaign)

    def test_twenty_who_propose_at_once_make_one_proposal(self, app, campaign):
        item_id, me = of_another_sum(app, campaign).id, farid()
        campaign_id, person_id = campaign.id, me.id

        def act(_number: int) -> bool:
            item = db.session.get_one(ReviewItem, item_id)
            who, target = (
                db.session.get_one(type(me), person_id),
                db.session.get_one(type(campaign), campaign_id),
            )
            try:
                propose(item, who, "allocate", SEEN, target)
                db.session.commit()
            except WrongStep:
                db.session.rollback()
                return False
            return True

        assert sum(at_once(app, 20, act)) == 1

    def test_twenty_who_agree_at_once_move_the_money_once(self, app, campaign):
        item, other = of_another_sum(app, campaign), negar()
        name = proposed(item, farid(), campaign)
        item_id, person_id = item.id, other.id

        def act(_number: int) -> bool:
            item = db.session.get_one(ReviewItem, item_id)
            try:
                agree(item, db.session.get_one(type(other), person_id), name)
                db.session.commit()
            except (WrongStep, Refused):
                db.session.rollback()
                return False
            return True

        assert sum(at_once(app, 20, act)) == 1
        db.session.expire_all()
        assert bar(campaign) == (4_000_000, 1)
        assert balance(accounts.UNALLOCATED) == 0

    def test_what_was_said_stays_said(self, app, campaign):
        proposed(of_another_sum(app, campaign), farid(), campaign)
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(delete(ReviewStep))
        db.session.rollback()


class TestMoneyOfNobody:
    def test_it_is_booked_once_when_somebody_saw_it_at_the_bank(self, app):
        item, me = of_nobody(), farid()
        confirm(item, me, SEEN)
        db.session.commit()
        with pytest.raises(Refused, match="money"):
            confirm(item, me, SEEN)
        assert waiting_rials(item) == balance(accounts.UNALLOCATED) == 700_000
        assert db.session.scalar(select(func.count(LedgerTxn.id))) == 1

    def test_then_two_people_give_it_to_a_campaign(self, app, campaign):
        item, me = of_nobody(), farid()
        with pytest.raises(Refused, match="money"):
            propose(item, me, "allocate", SEEN, campaign, "sadaqah")
        confirm(item, me, SEEN)
        name = proposed(item, me, campaign, intent="sadaqah")
        agree(item, negar(), name)
        db.session.commit()
        assert bar(campaign) == (700_000, 0)
        assert balance(accounts.UNALLOCATED) == 0

    def test_once_in_the_book_it_is_not_closed_away(self, app):
        item, me = of_nobody(), farid()
        confirm(item, me, SEEN)
        with pytest.raises(Refused, match="money"):
            close(item, me, "too small")


class TestClosing:
    def test_one_person_closes_what_holds_no_money(self, app, campaign):
        attempt, me = whole(app, campaign), farid()
        open_item("no_answer", attempt.public_id, {}, attempt.id)
        item = db.session.query(ReviewItem).one()
        with pytest.raises(Refused, match="evidence"):
            close(item, me, "")
        close(item, me, "the bank answered meanwhile")
        db.session.commit()
        assert (item.state, item.closed_at is not None) == ("closed", True)
        with pytest.raises(WrongStep):
            close(item, me, "again")
        db.session.rollback()
        assert bar(campaign) == (GIFT, 1)

    def test_money_is_never_closed_away(self, app, campaign):
        with pytest.raises(Refused, match="money"):
            close(of_another_sum(app, campaign), farid(), "nobody asked")
