"""Transfers and the book tell the same story, or it is named."""

from sqlalchemy import text

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.rollup import place
from tests.domain.invariants.breaking import broken
from tests.giving import live_campaign
from tests.transfers import GIFT, credited, declared, receiving, two_people


def transfer(app):
    campaign = live_campaign()
    return campaign, declared(campaign, receiving(*two_people()))


def placed() -> None:
    place()
    db.session.commit()


def test_a_transfer_that_was_found_breaks_nothing(app):
    _campaign, claim = transfer(app)
    credited(claim)
    placed()
    assert broken() == {}


def test_one_that_says_another_sum_than_the_book_is_named(app):
    _campaign, claim = transfer(app)
    credited(claim, rials=GIFT)
    placed()
    db.session.execute(text("UPDATE transfer_claim SET received_rials = received_rials + 10"))
    db.session.commit()
    found = broken()
    assert list(found) == ["I2"] and claim.public_id in found["I2"][0]


def test_one_that_is_in_the_book_and_not_credited_is_named(app):
    campaign, claim = transfer(app)
    leg = Leg(claim.bank_account.ledger_code, accounts.campaign(campaign.id, "sadaqah"), GIFT)
    reference = ("claim", claim.id)
    post("stmt:9", Kind.CAPTURE, [leg], occurred_at=now(), campaign_id=campaign.id, reference=reference)
    db.session.commit()
    placed()
    assert claim.public_id in broken()["I2"][0]
