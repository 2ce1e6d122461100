"""A booked batch leaves the book again when two people say so: every line mirrored, and everybody reads why."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.contributions.rules import Purpose
from campaigns.domain.counter import batches
from campaigns.domain.counter.batch_models import Batch
from campaigns.domain.counter.batches import Line
from campaigns.domain.counter.errors import Refused
from campaigns.domain.counter.reasons import BATCH_LABELS, BatchReason
from campaigns.domain.funds import actions as funds
from campaigns.domain.funds.actions import Plan
from campaigns.domain.insights.book_sums import by_day
from campaigns.domain.insights.open_book import corrections
from campaigns.domain.invariants import watch
from campaigns.domain.ledger import accounts, queries
from campaigns.domain.ledger.models import CampaignRollup
from campaigns.domain.refunds import batches as returning
from tests.cast import person
from tests.domain.counter.desk import placed
from tests.domain.counter.test_batches import booked, entered, refused
from tests.giving import live_campaign
from tests.partnership import today
from tests.support.crowds import at_once

TYPED = BatchReason.TYPED


@pytest.fixture
def people(app):
    return person("Farid", Role.FINANCE), person("Negar", Role.FINANCE)


@pytest.fixture
def campaign(app):
    return live_campaign("sadaqah", "zakat")


def asked(batch, by):
    returning.ask(batch, TYPED, "a zero too many", by)
    db.session.commit()


def test_the_book_mirrors_every_line_and_says_why(people, campaign):
    farid, negar = people
    other = live_campaign()
    batch = booked(
        people,
        Line(campaign.id, "sadaqah", 1_240, 90_000_000, 3_000_000),
        Line(campaign.id, "zakat", 10, 5_000_000),
        Line(other.id, "sadaqah", 7, 700_000),
    )
    asked(batch, negar)
    assert queries.received(campaign.id) == 95_000_000
    assert refused(lambda: returning.take_back(batch, negar)) == "own"
    returning.take_back(batch, farid)
    db.session.commit()
    placed()
    rollup = db.session.get_one(CampaignRollup, campaign.id, populate_existing=True)
    assert (rollup.received_rials, rollup.gifts, queries.gifts(other.id)) == (0, 0, 0)
    assert queries.balance(accounts.clearing("ussd-hamgam")) == 0
    assert queries.balance(accounts.fee("ussd-hamgam")) == 0
    lines, _older = corrections(1, "en")
    assert len(lines) == 3 and all(line.corrects for line in lines)
    assert {str(line.reason) for line in lines} == {str(BATCH_LABELS[TYPED])}
    (day,) = by_day(today(), today())
    assert (day.gifts, day.rials) == (0, 0)
    assert queries.disagreements() == [] and watch.look(watch.everything()) == []


def test_the_same_statement_may_be_entered_anew_afterwards(people, campaign):
    batch = booked(people, Line(campaign.id, "sadaqah", 3, 30_000))
    asked(batch, people[0])
    returning.take_back(batch, people[1])
    db.session.commit()
    booked(people, Line(campaign.id, "sadaqah", 4, 40_000))
    assert queries.received(campaign.id) == 40_000
    assert watch.look(watch.everything()) == []


def test_only_what_is_in_the_book_and_only_once(people, campaign):
    waits = entered(people, Line(campaign.id, "zakat", 3, 30_000), text="zakat", operator="ayandeh")
    assert refused(lambda: returning.ask(waits, TYPED, "-", people[0])) == "moved"
    batch = booked(people, Line(campaign.id, "sadaqah", 3, 30_000))
    assert refused(lambda: returning.take_back(batch, people[1])) == "moved"
    asked(batch, people[0])
    assert refused(lambda: returning.ask(batch, TYPED, "-", people[1])) == "moved"
    returning.take_back(batch, people[1])
    db.session.commit()
    for again in (
        lambda: returning.take_back(batch, people[1]),
        lambda: returning.ask(batch, TYPED, "-", people[0]),
        lambda: returning.keep(batch, people[1], "-"),
    ):
        assert refused(again) == "moved"


def test_kept_it_may_be_asked_for_once_more(people, campaign):
    batch = booked(people, Line(campaign.id, "sadaqah", 3, 30_000))
    asked(batch, people[0])
    assert refused(lambda: returning.keep(batch, people[0], "-")) == "own"
    returning.keep(batch, people[1], "the sum is right")
    db.session.commit()
    assert [one.answer for one in returning.refusals(batch)] == ["the sum is right"]
    asked(batch, people[1])
    returning.take_back(batch, people[0])
    assert queries.received(campaign.id) == 0


def test_what_a_campaign_has_spent_is_not_taken_back(people, campaign):
    batch = booked(people, Line(campaign.id, "sadaqah", 3, 30_000))
    plan = Plan(Intent.SADAQAH, Purpose.PROJECT, 20_000, "فروشگاه کویر", "یک پتو", "F-1")
    funds.approve(funds.propose(campaign, plan, people[0]), people[1])
    db.session.commit()
    asked(batch, people[0])
    with pytest.raises(Refused) as why:
        returning.take_back(batch, people[1])
    db.session.rollback()
    assert why.value.code == "spent"
    assert db.session.get_one(Batch, batch.id).state == "booked"


def test_taken_back_by_many_at_once_it_is_mirrored_once(app, people, campaign):
    batch_id = booked(people, Line(campaign.id, "sadaqah", 3, 30_000)).id
    asked(db.session.get_one(Batch, batch_id), people[0])
    negar_id, table = people[1].id, type(people[1])

    def act(_number: int) -> bool:
        try:
            returning.take_back(db.session.get_one(Batch, batch_id), db.session.get_one(table, negar_id))
            db.session.commit()
        except Refused:
            db.session.rollback()
            return False
        return True

    assert sum(at_once(app, 8, act)) == 1
    placed()
    assert queries.received(campaign.id) == 0
    assert batches.lines_of(db.session.get_one(Batch, batch_id))[0].dedupe_key is None
