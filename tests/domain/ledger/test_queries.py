import pytest
from sqlalchemy import update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.ledger import accounts, queries
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.models import CampaignRollup
from campaigns.domain.ledger.rollup import place
from tests.domain.ledger.book import BANK, capture
from tests.giving import live_campaign


@pytest.fixture
def campaign(app):
    return live_campaign()


class TestBalances:
    def test_an_account_nobody_used_holds_nothing(self, campaign):
        assert queries.balance("asset:bank:none") == 0
        assert (queries.received(campaign.id), queries.gifts(campaign.id)) == (0, 0)

    def test_what_leaves_a_campaign_is_not_received_any_more(self, campaign):
        own = accounts.campaign(campaign.id, "sadaqah")
        capture(campaign, 100, "cap:1")
        post("rfa:1", "refund", [Leg(own, "liability:refund_payable", 40)], occurred_at=now())
        assert queries.received(campaign.id) == queries.balance(own) == 60
        assert queries.balance("liability:refund_payable") == 40

    def test_all_debits_and_all_credits_are_equal(self, campaign):
        capture(campaign, 100, "cap:1")
        post("u", Kind.UNALLOCATED, [Leg(BANK, accounts.UNALLOCATED, 7)], occurred_at=now())
        held = queries.balance(BANK)
        owed = queries.balance(accounts.UNALLOCATED) + queries.received(campaign.id)
        assert held == owed == 107


class TestDisagreements:
    def test_a_gift_that_waits_for_its_place_is_no_disagreement(self, campaign):
        capture(campaign, 100, "cap:1")
        assert queries.disagreements() == []
        assert not queries.all_placed()
        place()
        assert queries.disagreements() == []
        assert queries.all_placed()

    @pytest.mark.parametrize("wrong", [{"received_rials": 99}, {"gifts": 2}])
    def test_a_rollup_somebody_touched_is_found(self, campaign, wrong):
        capture(campaign, 100, "cap:1")
        place()
        db.session.execute(update(CampaignRollup).values(wrong))
        assert queries.disagreements() == [(campaign.id, wrong.get("received_rials", 100), 100)]

    def test_a_rollup_without_a_book_is_found(self, campaign):
        db.session.add(CampaignRollup(campaign_id=campaign.id, received_rials=5, gifts=1))
        db.session.flush()
        assert queries.disagreements() == [(campaign.id, 5, 0)]


def test_the_oldest_transaction_without_a_place_tells_how_late_the_worker_is(campaign):
    assert queries.oldest_unplaced() is None
    before = now()
    capture(campaign, 100, "cap:1")
    capture(campaign, 100, "cap:2")
    oldest = queries.oldest_unplaced()
    assert oldest is not None and before <= oldest <= now()
