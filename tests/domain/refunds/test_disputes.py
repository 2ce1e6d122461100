"""A payment that its payer's bank disputes: held by two, decided by the bank, never more than was captured."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.ledger import queries
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.refunds.actions import approve, fail, finish, request
from campaigns.domain.refunds.disputes import record
from campaigns.domain.refunds.errors import Refused
from campaigns.domain.refunds.reasons import Reason
from campaigns.domain.refunds.stuck import detect
from tests.domain.refunds.money import bar, farid, negar, owed, whole
from tests.giving import GIFT, live_campaign

CASE = "ZP-CB-881"


@pytest.fixture
def campaign(app):
    return live_campaign()


@pytest.fixture
def payment(app, campaign):
    return whole(app, campaign)


@pytest.fixture
def people(app):
    return farid(), negar()


def recorded(payment, by, rials: int = GIFT, case: str = CASE):
    refund = record(payment, by, rials, case, "the card's owner says it was not her")
    db.session.commit()
    return refund


def held(payment, people):
    """Farid has recorded it and Negar agrees."""
    refund = recorded(payment, people[0])
    approve(refund, people[1])
    db.session.commit()
    return refund


def item_states() -> list[tuple[str, str]]:
    detect()
    db.session.commit()
    return [(row.kind, row.state) for row in db.session.query(ReviewItem).order_by(ReviewItem.id)]


def test_what_is_disputed_is_held_once_two_people_agree(payment, campaign, people):
    refund = recorded(payment, people[0])
    assert bar(campaign) == (GIFT, 1)
    assert item_states() == [("dispute", "open")]
    with pytest.raises(Refused, match="own"):
        approve(refund, people[0])
    db.session.rollback()
    approve(refund, people[1])
    db.session.commit()
    assert (refund.state, owed(), bar(campaign)) == ("sent", GIFT, (0, 0))
    assert item_states() == [("dispute", "open")]


def test_a_lost_dispute_is_with_its_payer_and_the_gift_is_gone(payment, campaign, people):
    refund = held(payment, people)
    finish(refund, people[0], "portal, case closed")
    db.session.commit()
    assert (owed(), bar(campaign)) == (0, (0, 0))
    assert queries.balance("asset:clearing:zarinpal") == 0
    assert payment.contribution.refunded_at is not None
    assert item_states() == [("dispute", "closed")]


def test_a_won_dispute_leaves_everything_as_it_was(payment, campaign, people):
    refund = held(payment, people)
    fail(refund, people[1], "portal, decided for the merchant")
    db.session.commit()
    assert (owed(), bar(campaign)) == (0, (GIFT, 1))
    assert payment.contribution.refunded_at is None
    assert payment.refund_reserved_rials == 0
    assert item_states() == [("dispute", "closed")]


def test_the_same_case_is_recorded_once_and_no_more_than_was_captured(payment, people):
    recorded(payment, people[0], 1_000_000)
    for rials, case, why in (
        (1_000_000, CASE, "reference"),
        (GIFT, "another", "captured"),
        (1, " ", "evidence"),
    ):
        with pytest.raises(Refused, match=why):
            record(payment, people[1], rials, case, "once more")
        db.session.rollback()


@pytest.mark.fault("F45")
def test_nothing_is_refunded_that_a_bank_disputes(payment, people):
    held(payment, people)
    with pytest.raises(Refused, match="captured"):
        request(payment, people[0], 1_000_000, Reason.DONOR, "she wrote to us")
