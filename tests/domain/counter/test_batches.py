"""Farid enters what an operator says was given by telephone; Negar books it; nothing is counted twice."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.counter import batches, papers
from campaigns.domain.counter.batch_models import Batch
from campaigns.domain.counter.batches import Channel, Line, Statement
from campaigns.domain.counter.errors import Refused
from campaigns.domain.insights.batch_in_book import batch_of
from campaigns.domain.insights.book_sums import by_day
from campaigns.domain.invariants import watch
from campaigns.domain.ledger import accounts, queries
from campaigns.domain.ledger.actions import mirror
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.models import CampaignRollup, LedgerTxn
from campaigns.domain.matching.worker import match
from tests.cast import person
from tests.domain.counter.desk import placed
from tests.giving import live_campaign
from tests.support.crowds import at_once

FIRST, LAST = date(2026, 10, 23), date(2026, 11, 21)


@pytest.fixture
def people(app):
    return person("Farid", Role.FINANCE), person("Negar", Role.FINANCE)


@pytest.fixture
def campaign(app):
    return live_campaign("sadaqah", "zakat")


def said(*lines: Line, text: str = "one", **more) -> Statement:
    values = {
        "channel": Channel.USSD,
        "operator": "hamgam",
        "first_day": FIRST,
        "last_day": LAST,
        "lines": lines,
        "name": "statement.csv",
        "paper": papers.read(f"code;count;{text}\n".encode()),
    }
    return Statement(**values | more)


def entered(people, *lines: Line, **more) -> Batch:
    batch = batches.propose(said(*lines, **more), people[0])
    db.session.commit()
    return batch


def booked(people, *lines: Line, **more) -> Batch:
    batch = entered(people, *lines, **more)
    batches.book(batch, people[1])
    db.session.commit()
    placed()
    return batch


def refused(act) -> str:
    with pytest.raises(Refused) as why:
        act()
    db.session.rollback()
    return why.value.code


class TestABatch:
    def test_the_bar_and_the_number_of_gifts_move_by_all_of_it(self, people, campaign):
        other = live_campaign()
        held = accounts.clearing("ussd-hamgam")
        lines = (
            Line(campaign.id, "sadaqah", 1_240, 90_000_000, 3_000_000),
            Line(campaign.id, "zakat", 10, 5_000_000),
            Line(other.id, "sadaqah", 7, 700_000),
        )
        booked(people, *lines)
        rollup = db.session.get_one(CampaignRollup, campaign.id)
        assert (rollup.received_rials, rollup.gifts) == (95_000_000, 1_250)
        assert (queries.gifts(campaign.id), queries.gifts(other.id)) == (1_250, 7)
        assert queries.balance(held) == 92_700_000
        assert queries.balance(accounts.fee("ussd-hamgam")) == 3_000_000
        today = tehran_day(now())
        (day,) = by_day(today, today)
        assert (day.gifts, day.rials) == (1_257, 95_700_000)
        assert queries.disagreements() == [] and watch.look(watch.everything()) == []

    def test_its_entry_is_sealed_with_what_everybody_may_read(self, people, campaign):
        booked(people, Line(campaign.id, "sadaqah", 3, 30_000))
        txn = db.session.scalars(select(LedgerTxn).where(LedgerTxn.kind == Kind.BATCH.value)).one()
        found = batch_of(txn.id)
        assert found is not None and '"gifts":3' in found.text
        assert txn.commitment == sha256(found.text.encode()).digest()

    def test_no_sponsor_doubles_it(self, people, campaign):
        booked(people, Line(campaign.id, "sadaqah", 3, 30_000))
        match()
        placed()
        assert queries.received(campaign.id) == 30_000

    def test_taken_back_it_takes_all_its_gifts_with_it(self, people, campaign):
        batch = booked(people, Line(campaign.id, "sadaqah", 3, 30_000))
        mirror(batches.key_of(batches.lines_of(batch)[0]), Kind.REVERSAL, occurred_at=now())
        db.session.commit()
        placed()
        rollup = db.session.get_one(CampaignRollup, campaign.id, populate_existing=True)
        assert (rollup.received_rials, rollup.gifts, queries.gifts(campaign.id)) == (0, 0, 0)
        assert queries.disagreements() == []

    def test_nothing_is_in_the_book_before_a_second_person(self, people, campaign):
        batch = entered(people, Line(campaign.id, "sadaqah", 3, 30_000))
        assert queries.received(campaign.id) == 0
        assert refused(lambda: batches.book(batch, people[0])) == "own"
        batches.refuse(batch, people[1], "the sum is another one")
        db.session.commit()
        assert refused(lambda: batches.book(batch, people[1])) == "moved"
        booked(people, Line(campaign.id, "sadaqah", 4, 40_000))
        assert queries.gifts(campaign.id) == 4


class TestTwice:
    def test_the_same_statement(self, people, campaign):
        entered(people, Line(campaign.id, "sadaqah", 3, 30_000))
        month = timedelta(days=40)
        later = {"first_day": FIRST + month, "last_day": LAST + month}
        assert refused(lambda: entered(people, Line(campaign.id, "sadaqah", 1, 10), **later)) == "statement"
        assert entered(people, Line(campaign.id, "sadaqah", 1, 10), text="two", **later)

    def test_days_of_the_same_operator_and_campaign(self, people, campaign):
        line = Line(campaign.id, "sadaqah", 3, 30_000)
        entered(people, line)
        zakat = Line(campaign.id, "zakat", 3, 30_000)
        assert refused(lambda: entered(people, line, text="two")) == "period"
        assert refused(lambda: entered(people, zakat, text="two", first_day=LAST, last_day=LAST)) == "period"
        assert entered(people, Line(live_campaign().id, "sadaqah", 3, 30_000), text="two")
        assert entered(people, line, text="three", operator="ayandeh")
        assert entered(people, line, text="four", channel=Channel.SMS)

    def test_entered_by_many_at_once_it_is_there_once(self, app, people, campaign):
        line, farid_id = Line(campaign.id, "sadaqah", 3, 30_000), people[0].id

        def act(_number: int) -> bool:
            try:
                batches.propose(said(line), db.session.get_one(type(people[0]), farid_id))
                db.session.commit()
            except Refused:
                db.session.rollback()
                return False
            return True

        assert sum(at_once(app, 8, act)) == 1
        assert len(db.session.scalars(select(Batch)).all()) == 1

    def test_booked_by_many_at_once_it_is_booked_once(self, app, people, campaign):
        batch_id = entered(people, Line(campaign.id, "sadaqah", 3, 30_000)).id
        negar_id, table = people[1].id, type(people[1])

        def act(_number: int) -> None:
            try:
                batches.book(db.session.get_one(Batch, batch_id), db.session.get_one(table, negar_id))
                db.session.commit()
            except Refused:
                db.session.rollback()

        at_once(app, 8, act)
        assert queries.received(campaign.id) == 30_000


class TestWhatIsNotTaken:
    def test_campaigns_and_intents(self, people, campaign):
        gone = live_campaign(state="cancelled")
        line = Line(campaign.id, "sadaqah", 1, 10)
        assert refused(lambda: entered(people, Line(gone.id, "sadaqah", 1, 10))) == "campaign"
        assert refused(lambda: entered(people, Line(campaign.id, "nazr", 1, 10))) == "intent"
        assert refused(lambda: entered(people)) == "lines"
        assert refused(lambda: entered(people, line, line)) == "lines"

    def test_what_was_sent_while_a_campaign_was_open_is_taken_after_its_end(self, people):
        ended = live_campaign(state="ended")
        booked(people, Line(ended.id, "sadaqah", 2, 20))
        assert queries.gifts(ended.id) == 2
