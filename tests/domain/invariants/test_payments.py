"""Attempts and the book tell the same story, or it is named."""

from sqlalchemy import update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.payments.models import PaymentAttempt, ReviewItem
from tests.domain.invariants.breaking import GIFT, broken, dropped_from_book, paid
from tests.domain.ledger.book import BANK
from tests.domain.ledger.seals import placed


class TestPayments:
    def test_a_paid_attempt_that_is_not_in_the_book_is_named(self, house: list[PaymentAttempt]) -> None:
        dropped_from_book(house[2])
        found = broken()
        assert found["I2"] == [f"attempt {house[2].public_id} is paid, and the book does not have it"]
        assert found["I10"] == [
            "the book has -5000000 rials more of zarinpal than the attempts took",
            "the days of account asset:clearing:zarinpal differ from the book by 5000000 rials",
        ]

    def test_an_attempt_that_is_in_the_book_twice_is_named(
        self, campaign: Campaign, house: list[PaymentAttempt]
    ) -> None:
        leg = Leg(BANK, accounts.campaign(campaign.id, "sadaqah"), GIFT)
        reference = ("attempt", house[1].id)
        post("x", Kind.CAPTURE, [leg], occurred_at=now(), campaign_id=campaign.id, reference=reference)
        placed()
        assert set(broken()) == {"I2", "I10"}

    def test_what_was_paid_and_is_no_longer_is_named(self, house: list[PaymentAttempt]) -> None:
        house[0].state = "not_paid"
        db.session.commit()
        assert broken() == {"I9": [f"attempt {house[0].public_id} is in the book and is not paid any more"]}

    def test_a_captured_sum_that_is_not_in_the_book_is_named(self, house: list[PaymentAttempt]) -> None:
        house[0].captured_rials += 10
        db.session.commit()
        assert broken() == {"I10": ["the book has -10 rials more of zarinpal than the attempts took"]}

    def test_money_in_review_that_nobody_was_asked_about_is_named(
        self, campaign: Campaign, house: list[PaymentAttempt]
    ) -> None:
        attempt = paid(campaign, 9)
        dropped_from_book(attempt)
        attempt.state = "review"
        leg, reference = Leg(BANK, accounts.UNALLOCATED, GIFT), ("attempt", attempt.id)
        post("un:1", Kind.UNALLOCATED, [leg], occurred_at=now(), reference=reference)
        db.session.commit()
        assert len(broken()["I11"]) == 2
        db.session.add(ReviewItem(attempt_id=attempt.id, kind="amount", dedupe_key="amount:1"))
        db.session.commit()
        assert "I11" not in broken()

    def test_practice_money_beside_real_money_is_named(self, house: list[PaymentAttempt]) -> None:
        house[0].environment = "live"
        db.session.commit()
        assert set(broken()) == {"I15"}
        db.session.execute(update(Campaign).values(is_sample=True))
        db.session.commit()
        assert broken() == {}
