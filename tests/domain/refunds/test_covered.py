"""What a campaign has spent cannot be given back: no bucket ever goes below zero, whoever is first."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.contributions.rules import Purpose
from campaigns.domain.funds import actions as funds
from campaigns.domain.funds.actions import Plan
from campaigns.domain.funds.models import Spending
from campaigns.domain.funds.refusals import TooLittle
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import balance
from campaigns.domain.refunds.actions import approve, request
from campaigns.domain.refunds.errors import Spent
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.reasons import Reason
from tests.domain.refunds.money import asked, bar, farid, negar, whole
from tests.giving import GIFT, live_campaign
from tests.support.crowds import at_once
from tests.support.paying import look


@pytest.fixture
def campaign(app):
    return live_campaign("sadaqah", "zakat")


@pytest.fixture
def one(app) -> User:
    return farid()


@pytest.fixture
def other(app) -> User:
    return negar()


def spending(campaign, rials: int, one: User, document: str = "F-1") -> Spending:
    plan = Plan(Intent.SADAQAH, Purpose.PROJECT, rials, "فروشگاه کویر", "شصت پتو", document)
    row = funds.propose(campaign, plan, one)
    db.session.commit()
    return row


def test_what_is_spent_is_not_asked_for_and_the_refusal_says_how_much_is_left(app, campaign, one, other):
    attempt = whole(app, campaign)
    funds.approve(spending(campaign, GIFT - 1_000_000, one), other)
    db.session.commit()
    with pytest.raises(Spent) as why:
        request(attempt, one, GIFT, Reason.DONOR, "she called")
    db.session.rollback()
    assert why.value.left_rials == 1_000_000
    assert look(attempt.id).refund_reserved_rials == 0
    asked(attempt, one, 1_000_000)


def test_what_was_spent_between_the_two_words_is_not_approved(app, campaign, one, other):
    refund = asked(whole(app, campaign), one)
    paid_out = spending(campaign, GIFT, one)
    funds.approve(paid_out, other)
    db.session.commit()
    with pytest.raises(Spent):
        approve(refund, other)
    db.session.rollback()
    funds.call_off(paid_out, one, "the shop had none")
    approve(refund, other)
    db.session.commit()
    assert bar(campaign) == (0, 0)


def test_money_of_another_intent_does_not_help(app, campaign, one, other):
    zakat = whole(app, campaign, intent="zakat")
    whole(app, campaign)
    funds.approve(
        funds.propose(campaign, Plan(Intent.ZAKAT, Purpose.FOOD, GIFT, "فروشگاه کویر", "خوراک", "F-2"), one),
        other,
    )
    with pytest.raises(Spent):
        request(zakat, one, GIFT, Reason.DONOR, "she called")


def test_refunds_and_spendings_at_once_never_take_more_than_there_is(app, campaign, one, other):
    """Five refunds and five spendings want a fifth each of one bucket."""
    part = GIFT // 5
    attempts = [whole(app, campaign, part) for _ in range(5)]
    asked_for = [asked(attempt, one, part).id for attempt in attempts]
    proposed = [spending(campaign, part, one, f"F-{number}").id for number in range(5)]
    actor_id = other.id

    def act(number: int) -> bool:
        actor = db.session.get_one(User, actor_id)
        try:
            if number % 2:
                approve(db.session.get_one(Refund, asked_for[number // 2]), actor)
            else:
                funds.approve(db.session.get_one(Spending, proposed[number // 2]), actor)
            db.session.commit()
        except (Spent, TooLittle):
            db.session.rollback()
            return False
        return True

    assert sum(at_once(app, 10, act)) == 5
    db.session.expire_all()
    assert balance(accounts.campaign(campaign.id, "sadaqah")) == 0
    gone = [row.state for row in db.session.query(Refund)].count("approved") * part
    assert bar(campaign)[0] == GIFT - gone
