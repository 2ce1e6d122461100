"""Spending from a bucket: two people, the right purpose, never more than is there, each rial once."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from campaigns.base import stamps
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.contributions.rules import RULES, Purpose
from campaigns.domain.funds.actions import Plan, approve, call_off, pay, propose, refuse
from campaigns.domain.funds.models import Spending, State
from campaigns.domain.funds.queries import Bucket, buckets
from campaigns.domain.funds.refusals import (
    NoLonger,
    Refused,
    RunningPromised,
    SameDocument,
    SamePerson,
    TooLittle,
    WrongPurpose,
)
from campaigns.domain.ledger import accounts, queries
from campaigns.domain.ledger.models import CampaignRollup, LedgerTxn
from campaigns.domain.ledger.rollup import place
from tests.cast import person
from tests.domain.ledger.book import capture
from tests.giving import live_campaign
from tests.support.crowds import at_once

SHEBA = "IR062960000000100324200001"
FOOD = Plan(Intent.ZAKAT, Purpose.FOOD, 600, "فروشگاه کویر", "شصت بستهٔ خوراک", "F-1")


@pytest.fixture
def campaign(app):
    """A campaign with 1,000 rials of zakat and 500 of free gifts."""
    campaign = live_campaign("sadaqah", "zakat")
    capture(campaign, 1_000, "cap:1", intent="zakat")
    capture(campaign, 500, "cap:2")
    return campaign


@pytest.fixture
def farid(campaign):
    return person("Farid", Role.FINANCE)


@pytest.fixture
def negar(campaign):
    return person("Negar", Role.FINANCE)


def proposed(campaign: Campaign, who: User, **changes: object) -> Spending:
    spending = propose(campaign, replace(FOOD, **changes), who)  # type: ignore[arg-type]
    db.session.commit()
    return spending


def bucket(campaign: Campaign, intent: Intent = Intent.ZAKAT) -> tuple[int, int, int]:
    found = next(one for one in buckets(campaign.id) if one.intent is intent)
    return found.received_rials, found.spent_rials, found.left_rials


class TestTheWay:
    def test_from_the_bucket_to_the_payee_to_the_bank(self, campaign, farid, negar):
        spending = proposed(campaign, farid)
        assert bucket(campaign) == (1_000, 0, 1_000)
        approve(spending, negar)
        assert bucket(campaign) == (1_000, 600, 400)
        assert queries.balance(accounts.PAYABLE) == 600
        pay(spending, farid, SHEBA, "BANK-7")
        assert queries.balance(accounts.PAYABLE) == 0
        assert queries.balance(accounts.bank(SHEBA)) == -600
        assert (spending.state, spending.bank_reference) == (State.PAID, "BANK-7")
        keys = set(
            db.session.scalars(
                select(LedgerTxn.idempotency_key).where(LedgerTxn.reference_kind == "spending")
            )
        )
        assert keys == {f"dis:{spending.public_id}:a", f"dis:{spending.public_id}:b"}

    def test_who_proposed_does_not_decide(self, campaign, farid):
        spending = proposed(campaign, farid)
        for act in (lambda: approve(spending, farid), lambda: refuse(spending, farid, "نه")):
            with pytest.raises(SamePerson):
                act()
        assert bucket(campaign) == (1_000, 0, 1_000)

    def test_what_is_refused_or_paid_is_decided(self, campaign, farid, negar):
        refused, paid = proposed(campaign, farid), proposed(campaign, farid, document="F-2")
        refuse(refused, negar, "فاکتور خوانا نیست")
        approve(paid, negar)
        pay(paid, negar, SHEBA, "1")
        for act in (
            lambda: approve(refused, negar),
            lambda: pay(refused, negar, SHEBA, "1"),
            lambda: call_off(paid, negar, "دیر"),
            lambda: pay(paid, negar, SHEBA, "1"),
            lambda: refuse(paid, negar, "دیر"),
        ):
            with pytest.raises(NoLonger):
                act()
        assert bucket(campaign) == (1_000, 600, 400)

    def test_what_is_called_off_goes_back_whole(self, campaign, farid, negar):
        spending = proposed(campaign, farid)
        approve(spending, negar)
        call_off(spending, farid, "فروشگاه جنس نداشت")
        assert bucket(campaign) == (1_000, 0, 1_000)
        assert queries.balance(accounts.PAYABLE) == 0
        first, mirror = db.session.scalars(
            select(LedgerTxn).where(LedgerTxn.reference_kind == "spending").order_by(LedgerTxn.id)
        )
        assert mirror.reverses_id == first.id


class TestWhatIsRefused:
    def test_more_than_the_bucket_holds_though_the_campaign_has_it(self, campaign, farid):
        with pytest.raises(TooLittle) as why:
            propose(campaign, replace(FOOD, rials=1_001), farid)
        assert why.value.left_rials == 1_000

    def test_a_bucket_nobody_gave_to(self, campaign, farid):
        with pytest.raises(TooLittle):
            propose(campaign, replace(FOOD, intent=Intent.KAFFARAH), farid)

    @pytest.mark.parametrize("intent", list(Intent))
    @pytest.mark.parametrize("purpose", list(Purpose))
    def test_a_purpose_the_rule_of_the_intent_does_not_allow(self, campaign, farid, intent, purpose):
        capture(campaign, 600, f"cap:{intent}", intent=intent)
        plan = replace(FOOD, intent=intent, purpose=purpose)
        if RULES[intent].fits(purpose):
            assert propose(campaign, plan, farid).state == State.PROPOSED
        else:
            with pytest.raises(WrongPurpose):
                propose(campaign, plan, farid)

    def test_running_costs_where_the_page_promises_that_the_organization_pays_them(self, campaign, farid):
        plan = replace(FOOD, intent=Intent.SADAQAH, purpose=Purpose.RUNNING, rials=10)
        assert propose(campaign, plan, farid)
        campaign.covers_overhead = True
        with pytest.raises(RunningPromised):
            propose(campaign, replace(plan, document="F-9"), farid)

    def test_a_document_twice_as_long_as_the_first_stands(self, campaign, farid, negar):
        first = proposed(campaign, farid, rials=100)
        with pytest.raises(SameDocument):
            propose(campaign, replace(FOOD, rials=100), negar)
        assert propose(campaign, replace(FOOD, intent=Intent.SADAQAH, rials=100), negar)
        refuse(first, negar, "نه")
        assert propose(campaign, replace(FOOD, rials=100), farid)

    def test_what_was_there_when_proposed_and_is_not_when_approved(self, campaign, farid, negar):
        both = [proposed(campaign, farid, document=name) for name in ("F-1", "F-2")]
        approve(both[0], negar)
        db.session.commit()
        with pytest.raises(TooLittle) as why:
            approve(both[1], negar)
        assert why.value.left_rials == 400


class TestTheBar:
    def test_it_does_not_go_down_when_money_is_spent(self, campaign, farid, negar):
        place()
        spending = proposed(campaign, farid)
        approve(spending, negar)
        pay(spending, negar, SHEBA, "1")
        place()
        db.session.commit()
        rollup = db.session.get_one(CampaignRollup, campaign.id, populate_existing=True)
        assert (rollup.received_rials, rollup.gifts) == (1_500, 2)
        assert (queries.received(campaign.id), queries.spent(campaign.id)) == (1_500, 600)
        assert queries.disagreements() == []

    def test_its_pages_grow_old_when_money_is_spent(self, campaign, farid, negar):
        name = stamps.of_campaign(campaign.id)
        before = stamps.versions(db.session(), [name])[name]
        approve(proposed(campaign, farid), negar)
        assert stamps.versions(db.session(), [name])[name] > before


def test_two_people_of_finance_who_approve_at_once_never_empty_a_bucket_below_zero(
    app, campaign, farid, negar
):
    ids = [proposed(campaign, farid, rials=300, document=f"F-{number}").id for number in range(12)]
    negar_id, campaign_id = negar.id, campaign.id

    def act(number: int) -> bool:
        try:
            approve(db.session.get_one(Spending, ids[number]), db.session.get_one(User, negar_id))
        except Refused:
            db.session.rollback()
            return False
        db.session.commit()
        return True

    assert sum(at_once(app, 12, act)) == 3
    assert Bucket(Intent.ZAKAT, 1_000, 900) in buckets(campaign_id)


def test_one_spending_approved_and_called_off_by_many_at_once_is_posted_once(app, campaign, farid, negar):
    spending_id, negar_id, campaign_id = proposed(campaign, farid).id, negar.id, campaign.id

    def act(number: int) -> int:
        spending, who = db.session.get_one(Spending, spending_id), db.session.get_one(User, negar_id)
        try:
            (approve if number % 2 else refuse)(spending, who, *(() if number % 2 else ("نه",)))
        except Refused:
            db.session.rollback()
            return 0
        db.session.commit()
        return 1

    assert sum(at_once(app, 10, act)) == 1
    posted = db.session.scalar(select(func.count()).where(LedgerTxn.reference_kind == "spending"))
    assert posted == (db.session.get_one(Spending, spending_id).state == State.APPROVED)
    assert queries.spent(campaign_id) == 600 * posted


steps = st.lists(
    st.tuples(
        st.sampled_from(("gift", "propose", "approve", "refuse", "pay", "call_off", "place")),
        st.sampled_from((Intent.SADAQAH, Intent.ZAKAT)),
        st.integers(1, 10**11),
        st.integers(0, 30),
    ),
    max_size=25,
)


@settings(max_examples=20)
@given(story=steps)
def test_whatever_happens_received_spent_and_left_are_what_was_done(app, database_house, story):
    db.session.remove()
    database_house.clear()
    campaign = live_campaign("sadaqah", "zakat")
    farid, negar = person("Farid", Role.FINANCE), person("Negar", Role.FINANCE)
    papers: list[Spending] = []
    given_rials = dict.fromkeys((Intent.SADAQAH, Intent.ZAKAT), 0)
    for number, (what, intent, rials, which) in enumerate(story):
        paper = papers[which % len(papers)] if papers else None
        try:
            if what == "gift":
                capture(campaign, rials, f"cap:{number}", intent=intent)
                given_rials[intent] += rials
            elif what == "propose":
                papers.append(proposed(campaign, farid, intent=intent, rials=rials, document=str(number)))
            elif what == "place":
                place()
            elif paper is not None:
                more = {"refuse": ("نه",), "pay": (SHEBA, "1"), "call_off": ("نه",)}.get(what, ())
                {"approve": approve, "refuse": refuse, "pay": pay, "call_off": call_off}[what](
                    paper, negar, *more
                )
        except Refused:
            db.session.rollback()
        db.session.commit()
        for one in buckets(campaign.id):
            taken = [p.rials for p in papers if p.intent == one.intent and p.state in {"approved", "paid"}]
            assert (one.received_rials, one.spent_rials) == (given_rials[one.intent], sum(taken))
            assert one.left_rials >= 0
        assert queries.received(campaign.id) == sum(given_rials.values())
        owed = sum(paper.rials for paper in papers if paper.state == State.APPROVED)
        assert queries.balance(accounts.PAYABLE) == owed
        assert queries.disagreements() == []
