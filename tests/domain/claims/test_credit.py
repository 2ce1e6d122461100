"""A line of the bank's statement brings a gift into the book: once, as what has come, however late."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.base.signing import read_key
from campaigns.domain.claims.credit import credit
from campaigns.domain.claims.decisions import accept, refuse
from campaigns.domain.claims.errors import NotCredited
from campaigns.domain.claims.expiry import expire
from campaigns.domain.claims.models import ClaimStep, TransferClaim, credit_key
from campaigns.domain.claims.queries import open_claims
from campaigns.domain.claims.states import State
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.contributions.queries import wall
from campaigns.domain.insights.gift_in_book import gift_in_book
from campaigns.domain.insights.open_book import newest_lines
from campaigns.domain.invariants import watch
from campaigns.domain.ledger import accounts, queries
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.checkpoints import seal_days
from campaigns.domain.ledger.entries import by_seq
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.models import CampaignRollup, LedgerTxn
from campaigns.domain.ledger.rollup import place
from campaigns.domain.matching import pools
from campaigns.domain.matching.queries import matches_of
from campaigns.domain.matching.worker import match
from tests.support.crowds import at_once
from tests.transfers import GIFT, OTHER_CARD, SHEBA, credited, declared, receiving, submitted


def worked() -> None:
    """The worker's turns until nothing is left to do."""
    while place() + match():
        db.session.commit()
    db.session.commit()


def gift_of(claim: TransferClaim) -> Contribution:
    return db.session.get_one(Contribution, claim.contribution_id, populate_existing=True)


def broken() -> list[object]:
    found = list(watch.look(watch.everything()))
    db.session.rollback()
    return found


class TestCrediting:
    def test_what_came_is_in_the_book_and_on_the_bar(self, campaign, account):
        claim = submitted(campaign, account)
        txn_id = credited(claim, rials=GIFT + 40, line_id=7)
        worked()
        txn = db.session.get_one(LedgerTxn, txn_id)
        assert (txn.kind, txn.idempotency_key) == (Kind.CAPTURE.value, "stmt:7")
        assert (txn.reference_kind, txn.reference_id) == ("claim", claim.id)
        assert queries.balance(accounts.bank(SHEBA)) == GIFT + 40
        assert queries.received(campaign.id) == GIFT + 40
        rollup = db.session.get_one(CampaignRollup, campaign.id, populate_existing=True)
        assert (rollup.received_rials, rollup.gifts) == (GIFT + 40, 1)
        assert broken() == []

    @pytest.mark.fault("O5")
    def test_the_gift_is_what_has_come_and_stands_on_the_wall(self, campaign, account):
        claim = declared(campaign, account)
        credited(claim, rials=1_234_560)
        gift = gift_of(claim)
        assert (gift.rials, gift.received_at is not None) == (1_234_560, True)
        assert [row.rials for row in wall(campaign.id, 9)] == [1_234_560]
        assert (claim.state, claim.received_rials, claim.base_rials) == (State.CREDITED, 1_234_560, GIFT)

    def test_until_then_nothing_counts_whatever_people_say(self, campaign, account, people):
        claim = submitted(campaign, account)
        accept(claim, people[0], two_people=False)
        db.session.commit()
        worked()
        assert (queries.received(campaign.id), queries.gifts(campaign.id), wall(campaign.id, 9)) == (0, 0, [])

    def test_it_is_sealed_under_its_donors_commitment(self, app, campaign, account):
        claim = submitted(campaign, account)
        credited(claim)
        worked()
        found = gift_in_book(gift_of(claim))
        assert (found.thread, found.seq) == (True, 1)
        seal_days(read_key(app.config["SETTINGS"].ledger_key))
        db.session.commit()
        (_place, entry), *_rest = by_seq(db.session, 1, 1)
        line = entry.public(1)
        assert SHEBA not in str(line) and line["legs"][0]["debit"].startswith("asset:bank:~")
        lines, size = newest_lines(1, "fa")
        assert (size, lines[0].kind, lines[0].rials) == (1, "capture", claim.expected_rials)

    def test_it_is_doubled_like_any_gift(self, campaign, account, people):
        farid, negar = people
        today = tehran_day(now())
        offer = pools.Offer("فولاد کویر", None, 10 * GIFT, 1, today, today + timedelta(days=9))
        pools.open_pool(pools.propose(offer, farid), negar, SHEBA, "B-1")
        db.session.commit()
        claim = declared(campaign, account)
        credited(claim, line_id=3)
        worked()
        assert [double.rials for double in matches_of(credit_key(3, 1))] == [claim.expected_rials]
        assert queries.received(campaign.id) == 2 * claim.expected_rials
        assert broken() == []

    def test_it_goes_under_its_own_intent(self, campaign, account):
        claim = declared(campaign, account, intent="zakat")
        credited(claim)
        assert queries.balance(accounts.campaign(campaign.id, "zakat")) == claim.expected_rials

    def test_money_that_waited_without_a_campaign_is_taken_from_there(self, campaign, account):
        claim = declared(campaign, account)
        leg = Leg(account.ledger_code, accounts.UNALLOCATED, GIFT)
        post("unalloc:line:5", Kind.UNALLOCATED, [leg], occurred_at=now(), reference=("line", 5))
        credit(claim, line_id=5, received_rials=GIFT, paid_at=now(), by=None, source=accounts.UNALLOCATED)
        db.session.commit()
        assert queries.balance(accounts.UNALLOCATED) == 0
        assert queries.balance(account.ledger_code) == GIFT
        assert queries.received(campaign.id) == GIFT

    def test_an_account_without_a_sheba_stands_in_the_book_under_a_name_of_its_own(self, campaign, people):
        account = receiving(*people, card=OTHER_CARD, sheba=None)
        credited(declared(campaign, account), rials=GIFT)
        assert queries.balance(f"asset:bank:{account.public_id}") == GIFT


class TestOnce:
    def test_the_same_line_again_changes_nothing(self, campaign, account):
        claim = declared(campaign, account)
        first = credited(claim, line_id=7)
        assert credited(claim, line_id=7) == first
        assert db.session.scalar(select(func.count()).select_from(LedgerTxn)) == 1
        steps = select(func.count()).select_from(ClaimStep).where(ClaimStep.verb == "credit")
        assert db.session.scalar(steps) == 1

    def test_another_line_for_the_same_gift_is_refused(self, campaign, account):
        claim = declared(campaign, account)
        credited(claim, line_id=7)
        with pytest.raises(NotCredited) as why:
            credited(claim, line_id=8)
        assert why.value.reason == "claim"
        db.session.commit()
        assert queries.gifts(campaign.id) == 1

    def test_a_line_brings_one_gift_only(self, campaign, account):
        one, other = declared(campaign, account), declared(campaign, account)
        credited(one, line_id=7)
        with pytest.raises(NotCredited) as why:
            credited(other, line_id=7)
        assert why.value.reason == "line"
        db.session.commit()
        assert (other.state, queries.gifts(campaign.id)) == (State.AWAITING, 1)
        assert gift_of(other).received_at is None

    def test_ten_who_credit_the_same_at_once_credit_it_once(self, app, campaign, account):
        claim_id, rials = (claim := declared(campaign, account)).id, claim.expected_rials

        def one(number: int) -> int:
            claim = db.session.get_one(TransferClaim, claim_id)
            try:
                done = credit(claim, line_id=1 + number % 2, received_rials=rials, paid_at=now(), by=None)
            except NotCredited:
                db.session.rollback()
                return 0
            db.session.commit()
            return done

        assert len({done for done in at_once(app, 10, one) if done}) == 1
        assert queries.received(campaign.id) == rials
        assert broken() == []


class TestLate:
    @pytest.mark.fault("O7")
    def test_late_money_wins_over_the_deadline(self, campaign, account):
        claim = declared(campaign, account)
        claim.deadline = now() - timedelta(hours=1)
        db.session.commit()
        assert expire() == 1
        db.session.commit()
        assert [(found.state, found.is_late) for found in open_claims(account.id)] == [("expired", True)]
        credited(claim)
        assert gift_of(claim).received_at is not None

    def test_late_money_wins_over_a_refusal(self, campaign, account, people):
        claim = submitted(campaign, account, tracking="777111")
        refuse(claim, people[0], "nothing came")
        other = submitted(campaign, account, tracking="777111")
        credited(claim)
        assert (claim.state, claim.reason, claim.tracking) == (State.CREDITED, "", None)
        assert other.tracking == "777111"

    def test_a_cancelled_campaign_takes_nothing_more(self, campaign, account):
        claim = declared(campaign, account)
        campaign.state = "cancelled"
        db.session.commit()
        with pytest.raises(NotCredited) as why:
            credited(claim)
        assert why.value.reason == "campaign"
        db.session.commit()
        assert (claim.state, claim.line_id) == (State.AWAITING, None)

    def test_an_ended_campaign_takes_what_was_meant_for_it(self, campaign, account):
        claim = declared(campaign, account)
        campaign.state = "ended"
        db.session.commit()
        credited(claim)
        assert queries.gifts(campaign.id) == 1


class TestOpenClaims:
    def test_they_say_what_a_statement_is_compared_with(self, campaign, account):
        claim = submitted(campaign, account, tracking="123456")
        (found,) = open_claims(account.id)
        assert (found.id, found.public_id, found.expected_rials) == (
            claim.id,
            claim.public_id,
            claim.expected_rials,
        )
        assert (found.base_rials, found.alone, found.tracking, found.last4) == (GIFT, True, "123456", "1234")
        assert (found.state, found.is_late) == ("submitted", False)
        assert found.paid_at is not None and found.submitted_at is not None

    def test_what_is_credited_or_long_over_is_not_among_them(self, campaign, account):
        credited(declared(campaign, account))
        old = declared(campaign, account)
        old.state, old.ended_at = State.EXPIRED.value, now() - timedelta(days=31)
        db.session.commit()
        assert open_claims(account.id) == []

    def test_they_can_be_credited_as_they_are(self, campaign, account):
        declared(campaign, account)
        (found,) = open_claims(account.id)
        credit(found, line_id=1, received_rials=found.expected_rials, paid_at=now(), by=None)
        db.session.commit()
        assert open_claims(account.id) == []
        assert queries.gifts(campaign.id) == 1
