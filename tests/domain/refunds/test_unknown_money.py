"""Money of no payment of ours goes back to who paid it, when two people say so."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import balance
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.refunds.actions import fail, finish, send
from campaigns.domain.refunds.decisions import agree, confirm, propose
from campaigns.domain.refunds.errors import Refused
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.queries import outcomes, standing_proposal, waiting_rials
from tests.domain.refunds.money import bar, farid, negar, of_nobody, owed
from tests.giving import live_campaign

CLEARING = accounts.clearing("zarinpal")


@pytest.fixture
def one(app) -> User:
    return farid()


@pytest.fixture
def other(app) -> User:
    return negar()


@pytest.fixture
def item(app, one) -> ReviewItem:
    """Seven hundred thousand rials that somebody has seen on the statement."""
    found = of_nobody()
    confirm(found, one, "statement of the 4th, line 12")
    db.session.commit()
    return found


def returned(item: ReviewItem, one: User, other: User) -> Refund:
    propose(item, one, "return", "the gateway knows the card")
    refund = agree(item, other, standing_proposal(item).public_id)
    db.session.commit()
    assert refund is not None
    return refund


def test_it_is_owed_sent_and_gone(item, one, other):
    refund = returned(item, one, other)
    assert (owed(), balance(accounts.UNALLOCATED), waiting_rials(item)) == (700_000, 0, 0)
    send(refund, one, "PANEL-9")
    finish(refund, other, "on the statement")
    db.session.commit()
    assert (owed(), balance(CLEARING), item.state) == (0, 0, "decided")


def test_one_person_alone_returns_nothing(item, one):
    propose(item, one, "return", "seen")
    with pytest.raises(Refused, match="own"):
        agree(item, one, standing_proposal(item).public_id)


def test_what_could_not_be_returned_is_open_again_and_may_go_to_a_campaign(item, one, other):
    fail(returned(item, one, other), one, "the card is closed")
    db.session.commit()
    assert (item.state, item.closed_at, waiting_rials(item)) == ("open", None, 700_000)
    campaign = live_campaign()
    propose(item, one, "allocate", "seen", campaign, "sadaqah")
    agree(item, other, standing_proposal(item).public_id)
    db.session.commit()
    assert (bar(campaign), balance(accounts.UNALLOCATED)) == ((700_000, 0), 0)


def test_what_the_bank_gave_back_by_itself_leaves_the_book(item, one, other):
    propose(item, one, "returned", "on the statement")
    agree(item, other, standing_proposal(item).public_id)
    db.session.commit()
    assert (balance(accounts.UNALLOCATED), balance(CLEARING), outcomes(item)) == (0, 0, ())


def test_two_unknown_sums_do_not_count_each_others_refunds(item, one, other):
    second = of_nobody_again()
    confirm(second, one, "line 13")
    db.session.commit()
    returned(item, one, other)
    assert waiting_rials(second) == 300_000


def of_nobody_again() -> ReviewItem:
    known = {row.id for row in db.session.query(ReviewItem)}
    detail = {"gateway": "zarinpal", "gateway_ref": "S99", "rials": 300_000}
    db.session.add(ReviewItem(kind="unknown_money", dedupe_key="unknown_money:again", detail=detail))
    db.session.commit()
    return next(row for row in db.session.query(ReviewItem) if row.id not in known)
