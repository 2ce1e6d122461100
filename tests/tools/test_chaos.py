"""The comparison after a chaos run is not blind: whatever is lost, doubled or told wrongly is named."""

from pathlib import Path

import pytest

from benchmarks.chaos import compare
from benchmarks.chaos.bank import LOST_ANSWER, LOST_PAGE, Weather
from benchmarks.chaos.books import Books
from benchmarks.chaos.donors import PAID
from benchmarks.chaos.journal import Gift
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.config import Settings
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.rollup import place
from campaigns.domain.notices.actions import write
from campaigns.domain.payments.settlement import settle
from sandbox.faults import KINDS
from tests.giving import GIFT, live_campaign, pledged
from tests.support.paying import Paying, look

ALL = (compare.lost, compare.doubled, compare.bars)


@pytest.fixture
def books(settings: Settings, tmp_path: Path) -> Books:
    return Books(settings.database_url, tmp_path / "bank" / "bank.db")


@pytest.fixture
def campaign(paying: Paying) -> Campaign:
    return live_campaign()


def arrived(paying: Paying, campaign: Campaign) -> Gift:
    """Sara has given, the bar has moved, and she was told so."""
    gift = pledged(campaign)
    attempt_id = paying.attempt(gift)
    paying.press(attempt_id)
    settle(attempt_id, paying.gateway, "callback")
    place()
    db.session.commit()
    return Gift(1, campaign.slug, GIFT, code=gift.code, paid_at_bank=1, told=PAID)


def test_books_that_agree_have_no_differences(paying: Paying, campaign: Campaign, books: Books) -> None:
    gift = arrived(paying, campaign)
    assert [found for look_at in ALL for found in look_at(books)] == []
    assert list(compare.journals(books, [gift])) == []
    assert compare.captured(books) == {gift.code: GIFT}
    assert books.waits() == ""


def test_a_payment_that_nobody_has_asked_about_is_lost(
    paying: Paying, campaign: Campaign, books: Books
) -> None:
    attempt_id = paying.attempt(pledged(campaign))
    paying.press(attempt_id)
    assert books.waits().startswith("1 payments not verified")
    assert len(list(compare.lost(books))) == 1
    paying.lost_verify(attempt_id)
    assert "1 not posted" in books.waits()
    (story,) = books.stories()
    assert "VERIFIED at the bank, redirected with us, asked 0 times, again at 2" in story
    assert list(compare.lost(books)) == [
        f"{look(attempt_id).gateway_ref}: {GIFT} rials at the bank, 0 in the ledger"
    ]


def test_money_that_the_bank_has_not_given_is_double(
    paying: Paying, campaign: Campaign, books: Books
) -> None:
    gift = arrived(paying, campaign)
    own, clearing = accounts.campaign(campaign.id, "sadaqah"), accounts.clearing("zarinpal")
    post("cap:again", "capture", [Leg(clearing, own, GIFT)], occurred_at=now(), reference=("attempt", 1))
    db.session.commit()
    assert list(compare.doubled(books)) != []
    assert books.waits() == "0 payments not verified, 0 not posted, 1 entries not placed"
    assert gift.code


def test_a_bar_that_lags_behind_is_named(paying: Paying, campaign: Campaign, books: Books) -> None:
    attempt_id = paying.attempt(pledged(campaign))
    paying.press(attempt_id)
    settle(attempt_id, paying.gateway, "callback")
    assert list(compare.bars(books)) == [f"{campaign.slug}: bar 0 of 0, bank {GIFT} of 1"]


def test_donors_who_were_told_otherwise_are_named(paying: Paying, campaign: Campaign, books: Books) -> None:
    true = arrived(paying, campaign)
    twice = Gift(2, campaign.slug, GIFT, code=true.code, paid_at_bank=2)
    more = Gift(3, campaign.slug, GIFT + 10, code=true.code)
    unpaid = Gift(4, campaign.slug, GIFT, code=pledged(campaign).code, told=PAID)
    said = list(compare.journals(books, [twice, more, unpaid]))
    assert [sentence.partition(": ")[0] for sentence in said] == [true.code, true.code, unpaid.code]


def test_a_letter_that_is_missing_or_one_too_many_is_named(campaign: Campaign, books: Books) -> None:
    missing = f"letter campaign_live:{campaign.public_id} is missing"
    assert list(compare.letters(books)) == [missing]
    write("another", "mina@example.org", "fa", "password_changed", name="Mina")
    db.session.commit()
    assert list(compare.letters(books)) == [missing, "letter another is one too many"]


def test_the_bank_in_bad_weather_loses_answers_and_writes_it_down(tmp_path: Path) -> None:
    weather = Weather(tmp_path / "faults.log")
    struck = [kind for _call in range(500) for kind in weather.take("pay", None)]
    assert set(LOST_PAGE) < set(struck) <= set(KINDS)
    assert set(LOST_ANSWER) <= {kind for _call in range(500) for kind in weather.take("verify", None)}
    assert (tmp_path / "faults.log").read_text().splitlines()[: len(struck)] == [
        f"{kind} pay" for kind in struck
    ]
