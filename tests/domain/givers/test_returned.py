"""A gift that went back is told once, in a letter, where its donor left an address; else the receipt alone says so."""

import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.givers.returned import address_of, tell_returned
from campaigns.domain.notices.models import Letter
from campaigns.domain.refunds.actions import fail, finish, send
from campaigns.domain.refunds.models import Refund
from campaigns.domain.reminders.actions import Asked, ask
from campaigns.web.letterlinks import link
from tests.domain.refunds.money import agreed, farid, negar, whole
from tests.giving import GIFT, live_campaign
from tests.support.crowds import at_once

SARA = "sara@example.org"


@pytest.fixture
def campaign(app):
    return live_campaign()


@pytest.fixture
def people(app):
    return farid(), negar()


def reminded(gift, language="fa"):
    """Sara left her address with this gift."""
    ask(gift.id, gift.campaign_id, Asked(GIFT, "sadaqah", language, SARA, 5))
    db.session.commit()


def done(attempt, people, rials: int = GIFT) -> Refund:
    refund = agreed(attempt, *people, rials)
    send(refund, people[0], "R-1")
    finish(refund, people[0])
    db.session.commit()
    return refund


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.dedupe_key.like("gift_returned:%"))))


def worked() -> int:
    count = tell_returned(link)
    db.session.commit()
    return count


def test_sara_gets_one_letter_with_day_sum_and_receipt(app, client, campaign, people):
    attempt = whole(app, campaign)
    reminded(attempt.contribution)
    refund = done(attempt, people)
    assert worked() == 1
    assert worked() == 0
    (letter,) = letters()
    assert (letter.to, letter.language) == (SARA, "fa")
    assert "۵۰۰" in letter.body and f"/r/{attempt.contribution.code}" in letter.body
    assert refund.told_at is not None


def test_of_a_part_both_sums_are_said(app, campaign, people):
    attempt = whole(app, campaign)
    reminded(attempt.contribution, "en")
    done(attempt, people, GIFT // 5)
    worked()
    (letter,) = letters()
    assert "Of your gift of" in letter.body and "The donor asked for it" in letter.body


def test_without_an_address_nothing_is_written_and_the_receipt_says_it(app, client, campaign, people):
    attempt = whole(app, campaign)
    assert address_of(attempt.contribution_id) is None
    done(attempt, people)
    assert worked() == 1
    assert letters() == []
    page = client.get(f"/en/r/{attempt.contribution.code}").text
    assert "went back to the card it was paid with" in page


def test_money_that_did_not_go_back_is_not_said_to_have(app, campaign, people):
    attempt = whole(app, campaign)
    reminded(attempt.contribution)
    refund = agreed(attempt, *people)
    assert worked() == 0
    send(refund, people[0], "R-1")
    fail(refund, people[0], "the bank says no")
    db.session.commit()
    assert worked() == 0
    assert letters() == []


def test_many_workers_write_one_letter(app, campaign, people):
    attempt = whole(app, campaign)
    reminded(attempt.contribution)
    done(attempt, people)
    at_once(app, 8, lambda _number: worked())
    assert len(letters()) == 1
