"""Zahra takes a gift at the counter: it counts as every other, its receipt has a number, and a mistake is voided."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import jalali_fields, tehran_day
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.contributions.commitment import committed
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.contributions.queries import wall
from campaigns.domain.counter import gifts
from campaigns.domain.counter.errors import Refused
from campaigns.domain.counter.offices import give_clerk, take_clerk, works_at
from campaigns.domain.counter.queries import offered, offices_of, receipt_of
from campaigns.domain.counter.reasons import VoidReason
from campaigns.domain.invariants import watch
from campaigns.domain.ledger import accounts, queries
from campaigns.domain.ledger.models import CampaignRollup, LedgerPlace, LedgerTxn
from campaigns.domain.matching import pools
from campaigns.domain.matching.queries import matches_of
from campaigns.domain.matching.worker import match
from tests.cast import person
from tests.domain.counter.desk import READER, SHEBA, YAZD, an_office, handed, placed, taken
from tests.giving import live_campaign


@pytest.fixture
def people(app):
    return an_office()


@pytest.fixture
def campaign(app):
    return live_campaign("sadaqah", "zakat")


def refused(act) -> str:
    with pytest.raises(Refused) as why:
        act()
    db.session.rollback()
    return why.value.code


def sealed(receipt) -> LedgerPlace:
    gift = receipt.contribution
    return db.session.scalars(
        select(LedgerPlace).where(LedgerPlace.commitment == committed(gift.salt, gift.code))
    ).one()


class TestAGiftAtTheCounter:
    def test_cash_is_in_the_drawer_and_the_gift_is_its_campaigns(self, people, campaign):
        receipt = taken(people, campaign, 500_000, payer="رضا", mobile="+989121112233")
        placed()
        assert queries.balance(accounts.cash("KRM1")) == 500_000
        rollup = db.session.get_one(CampaignRollup, campaign.id)
        assert (rollup.received_rials, rollup.gifts) == (500_000, 1)
        assert queries.disagreements() == [] and watch.look(watch.everything()) == []
        assert sealed(receipt).seq == 1
        assert receipt_of(receipt.contribution_id) is receipt

    def test_a_card_reader_holds_what_it_took(self, people, campaign):
        receipt = taken(people, campaign, reader=READER, trace="000123", card_last4="4321", intent="zakat")
        assert queries.balance(accounts.card_reader(READER)) == 500_000
        assert queries.balance(accounts.campaign(campaign.id, "zakat")) == 500_000
        assert (receipt.trace, receipt.card_last4) == ("000123", "4321")

    def test_the_name_stands_on_the_paper_and_on_the_wall_only_when_asked(self, people, campaign):
        hidden = taken(people, campaign, payer="سارا")
        shown = taken(people, campaign, payer="سارا", shows_name=True)
        assert (hidden.payer, hidden.contribution.donor_name) == ("سارا", "")
        assert shown.contribution.donor_name == "سارا"
        assert sorted(row.name for row in wall(campaign.id, 9)) == ["", "سارا"]

    def test_a_sponsor_doubles_it(self, people, campaign):
        today = tehran_day(now())
        offer = pools.Offer("فولاد کویر", None, 10_000_000, 1, today, today)
        pools.open_pool(pools.propose(offer, people.farid), people.negar, SHEBA, "B-1")
        db.session.commit()
        receipt = taken(people, campaign, 300_000)
        placed()
        match()
        placed()
        assert [double.rials for double in matches_of(gifts.key_of(receipt))] == [300_000]
        assert queries.received(campaign.id) == 600_000

    def test_the_sponsors_double_goes_back_with_a_mistake(self, people, campaign):
        today = tehran_day(now())
        offer = pools.Offer("فولاد کویر", None, 10_000_000, 1, today, today)
        pools.open_pool(pools.propose(offer, people.farid), people.negar, SHEBA, "B-1")
        db.session.commit()
        receipt = taken(people, campaign, 300_000)
        placed()
        match()
        placed()
        gifts.void(receipt, people.hamed, VoidReason.SUM, "سی هزار بود")
        placed()
        match()
        placed()
        assert queries.received(campaign.id) == 0
        assert matches_of(gifts.key_of(receipt)) == []

    def test_the_same_form_twice_is_one_gift(self, people, campaign):
        first = taken(people, campaign, key="one")
        again, new = gifts.take(people.office, handed(campaign, 900_000), people.zahra, "one")
        db.session.commit()
        assert (again.id, new, again.rials) == (first.id, False, 500_000)
        assert db.session.scalar(select(func.count(LedgerTxn.id))) == 1

    def test_numbers_go_on_and_begin_anew_with_the_year(self, people, campaign):
        assert [taken(people, campaign).number for _ in range(3)] == [1, 2, 3]
        year = jalali_fields(tehran_day(now()))[2]
        with clock.at(now() + timedelta(days=366)):
            receipt = taken(people, campaign)
        assert (receipt.year, receipt.number, receipt.named) == (year + 1, 1, f"KRM1-{year + 1}-00001")

    def test_each_office_counts_for_itself(self, people, campaign):
        taken(people, campaign)
        assert taken(an_office("YZD1", YAZD), campaign).number == 1

    def test_a_gift_that_is_rolled_back_takes_no_number(self, people, campaign):
        taken(people, campaign)
        gifts.take(people.office, handed(campaign), people.zahra, "lost")
        db.session.rollback()
        assert taken(people, campaign).number == 2


class TestWhatIsNotTaken:
    def test_a_campaign_that_is_not_live_or_not_meant_so(self, people, campaign):
        over = live_campaign(state="cancelled")
        past = live_campaign(ends_on=tehran_day(now()) - timedelta(days=1))
        assert refused(lambda: taken(people, over)) == "campaign"
        assert refused(lambda: taken(people, past)) == "campaign"
        assert refused(lambda: taken(people, campaign, intent="nazr")) == "intent"
        assert db.session.scalar(select(func.count(Contribution.id))) == 0

    def test_the_same_slip_of_a_reader_twice(self, people, campaign):
        first = taken(people, campaign, reader=READER, trace="7")
        assert refused(lambda: taken(people, campaign, reader=READER, trace="7")) == "trace"
        assert refused(lambda: taken(people, campaign, reader=READER, trace="")) == "trace"
        assert refused(lambda: taken(people, campaign, reader="999", trace="8")) == "reader"
        gifts.void(first, people.hamed, VoidReason.SUM, "")
        db.session.commit()
        assert taken(people, campaign, 900_000, reader=READER, trace="7").number == 2

    def test_a_closed_office(self, people, campaign):
        people.office.is_open = False
        db.session.commit()
        assert refused(lambda: taken(people, campaign)) == "office"


class TestAMistake:
    def test_the_number_stays_and_the_book_takes_it_back(self, people, campaign):
        kept, wrong = taken(people, campaign, 200_000), taken(people, campaign, 900_000)
        gifts.void(wrong, people.hamed, VoidReason.SUM, "نود هزار بود")
        db.session.commit()
        placed()
        assert queries.balance(accounts.cash("KRM1")) == 200_000
        rollup = db.session.get_one(CampaignRollup, campaign.id)
        assert (rollup.received_rials, rollup.gifts) == (200_000, 1)
        assert len(wall(campaign.id, 9)) == 1
        assert queries.disagreements() == [] and watch.look(watch.everything()) == []
        assert taken(people, campaign).number == 3
        assert kept.voided_at is None

    def test_who_made_it_does_not_void_it(self, people, campaign):
        receipt = taken(people, campaign)
        assert refused(lambda: gifts.void(receipt, people.zahra, VoidReason.SUM, "")) == "own"
        receipt.voided_by_id = people.zahra.id
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()

    def test_only_once_and_only_on_its_day(self, people, campaign):
        receipt = taken(people, campaign)
        with clock.at(now() + timedelta(days=1)):
            assert refused(lambda: gifts.void(receipt, people.hamed, VoidReason.SUM, "")) == "day"
        gifts.void(receipt, people.hamed, VoidReason.SUM, "")
        db.session.commit()
        assert refused(lambda: gifts.void(receipt, people.hamed, VoidReason.SUM, "")) == "voided"


class TestPeopleOfAnOffice:
    def test_only_who_has_the_role_there_is_given_to_it(self, people):
        stranger = person("Babak", Role.CLERK, province_code=YAZD)
        assert refused(lambda: give_clerk(people.office, stranger, people.farid)) == "role"
        assert refused(lambda: give_clerk(people.office, people.zahra, people.farid)) == "clerk"

    def test_who_is_taken_away_may_come_back(self, people):
        assert take_clerk(people.office, people.zahra.id, people.farid)
        assert not take_clerk(people.office, people.zahra.id, people.farid)
        assert not works_at(people.office, people.zahra.id) and offices_of(people.zahra.id) == []
        give_clerk(people.office, people.zahra, people.farid)
        assert offices_of(people.zahra.id) == [people.office]

    def test_what_the_office_takes_most_for_comes_first(self, people, campaign):
        other, third = live_campaign(), live_campaign()
        for one in (other, other, campaign):
            taken(people, one)
        assert offered(people.office) == ([other.id, campaign.id], [], [third.id])
