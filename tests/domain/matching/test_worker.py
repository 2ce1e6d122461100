"""A sponsor doubles what others give: each gift once, in order, and never a rial beyond the cap."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from campaigns.base import clock, stamps
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.funds.queries import buckets
from campaigns.domain.ledger import accounts, queries
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.models import CampaignRollup, LedgerTxn
from campaigns.domain.ledger.rollup import place
from campaigns.domain.matching import pools, worker
from campaigns.domain.matching.models import MatchPool
from campaigns.domain.matching.queries import Match, matches_of, offers_query
from campaigns.domain.matching.worker import match
from tests.cast import person
from tests.domain.ledger.book import BANK, capture, mirror
from tests.giving import live_campaign
from tests.support.crowds import at_once

SHEBA = "IR062960000000100324200001"


@pytest.fixture
def campaign(app):
    return live_campaign("sadaqah", "zakat")


@pytest.fixture
def people(app):
    return person("Farid", Role.FINANCE), person("Negar", Role.FINANCE)


def proposed(
    farid: User, cap: int, sponsor: str = "فولاد کویر", campaign_id: int | None = None, **more
) -> MatchPool:
    today = tehran_day(now())
    values = {"position": 1, "first_day": today, "last_day": today + timedelta(days=9)} | more
    return pools.propose(
        pools.Offer(sponsor=sponsor, campaign_id=campaign_id, cap_rials=cap, **values), farid
    )


def opened(people: tuple[User, User], cap: int, **more) -> MatchPool:
    pool = proposed(people[0], cap, **more)
    pools.open_pool(pool, people[1], SHEBA, "B-1")
    db.session.commit()
    return pool


def worked() -> None:
    """The worker's turns until nothing is left to do."""
    more = True
    while more:
        more = bool(place() + match())
        db.session.commit()


def left(pool: MatchPool) -> int:
    db.session.refresh(pool)
    assert queries.balance(accounts.pool(pool.public_id)) == pool.left_rials
    return pool.left_rials


def matches() -> list[str]:
    rows = select(LedgerTxn.idempotency_key).where(LedgerTxn.kind == Kind.MATCH.value).order_by(LedgerTxn.id)
    return list(db.session.scalars(rows))


class TestDoubling:
    def test_the_campaign_receives_twice_and_the_gift_counts_once(self, campaign, people):
        pool = opened(people, 1_000)
        capture(campaign, 300, "cap:1")
        worked()
        rollup = db.session.get_one(CampaignRollup, campaign.id, populate_existing=True)
        assert (rollup.received_rials, rollup.gifts, left(pool)) == (600, 1, 700)
        assert (queries.received(campaign.id), queries.gifts(campaign.id)) == (600, 1)
        assert queries.disagreements() == []
        assert matches_of("cap:1") == [Match("فولاد کویر", 300)]
        assert matches_of("cap:2") == []

    def test_the_sponsors_money_is_a_free_gift_whatever_the_intent_it_doubles(self, campaign, people):
        opened(people, 1_000)
        capture(campaign, 300, "cap:1", intent="zakat")
        worked()
        found = {bucket.intent: bucket.received_rials for bucket in buckets(campaign.id)}
        assert found == {Intent.ZAKAT: 300, Intent.SADAQAH: 300}

    def test_a_gift_flows_on_to_the_next_pools_where_one_has_not_enough_left(self, campaign, people):
        opened(people, 500), opened(people, 150, position=2, sponsor="مس کرمان")
        third = opened(people, 1_000, position=3, sponsor="پستهٔ کویر")
        for number, rials in enumerate((300, 400, 300)):
            capture(campaign, rials, f"cap:{number}")
        worked()
        assert matches_of("cap:0") == [Match("فولاد کویر", 300)]
        assert matches_of("cap:1") == [
            Match("فولاد کویر", 200),
            Match("مس کرمان", 150),
            Match("پستهٔ کویر", 50),
        ]
        assert (matches_of("cap:2"), left(third)) == ([Match("پستهٔ کویر", 300)], 650)
        assert queries.received(campaign.id) == 2_000

    def test_the_rest_of_the_gift_that_reaches_the_last_cap_is_not_matched(self, campaign, people):
        pool = opened(people, 500)
        for number in range(3):
            capture(campaign, 300, f"cap:{number}")
        worked()
        assert (left(pool), queries.received(campaign.id)) == (0, 900 + 500)

    def test_pools_are_used_in_their_order_each_where_it_is_for(self, campaign, people):
        other = live_campaign()
        late, early = (
            opened(people, 1_000, position=9),
            opened(people, 1_000, position=2, campaign_id=other.id),
        )
        capture(campaign, 100, "cap:1")
        capture(other, 10, "cap:2")
        worked()
        assert (left(late), left(early)) == (900, 990)

    def test_only_gifts_of_its_days_after_it_was_opened(self, campaign, people):
        capture(campaign, 100, "cap:before")
        today = tehran_day(now())
        pool = opened(people, 1_000, first_day=today + timedelta(days=1), last_day=today + timedelta(days=2))
        for days in (0, 1, 2, 3):
            with clock.at(now() + timedelta(days=days)):
                capture(campaign, 10, f"cap:{days}")
        worked()
        assert matches() == ["match:cap:1", "match:cap:2"]
        assert left(pool) == 980

    def test_nothing_but_gifts_is_doubled(self, campaign, people):
        opened(people, 1_000)
        own = accounts.campaign(campaign.id, "sadaqah")
        txn_id = capture(campaign, 100, "cap:1")
        mirror(campaign, 100, txn_id)
        post("alloc:1", "allocation", [Leg(BANK, own, 50)], occurred_at=now(), campaign_id=campaign.id)
        worked()
        assert matches() == ["match:cap:1"]

    def test_a_pool_that_waits_or_was_refused_doubles_nothing(self, campaign, people):
        proposed(people[0], 1_000)
        pools.refuse(proposed(people[0], 1_000), people[1])
        capture(campaign, 100, "cap:1")
        worked()
        assert matches() == []
        assert db.session.execute(offers_query(campaign.id, tehran_day(now()))).all() == []


class TestOpening:
    def test_the_money_stands_in_the_book_before_the_first_gift(self, people):
        pool = opened(people, 1_000)
        assert (
            queries.balance(accounts.bank(SHEBA)) == queries.balance(accounts.pool(pool.public_id)) == 1_000
        )

    def test_nobody_opens_what_they_proposed_and_nobody_opens_twice(self, people):
        farid, negar = people
        pool = proposed(farid, 1_000)
        with pytest.raises(pools.SamePerson):
            pools.open_pool(pool, farid, SHEBA, "B-1")
        pools.open_pool(pool, negar, SHEBA, "B-1")
        with pytest.raises(pools.NoLonger):
            pools.open_pool(pool, negar, SHEBA, "B-1")


class TestTheWorker:
    def test_killed_before_its_commit_it_does_all_of_it_again_and_nothing_twice(self, campaign, people):
        pool = opened(people, 1_000)
        capture(campaign, 100, "cap:1")
        place()
        db.session.commit()
        match()
        db.session.rollback()
        assert (matches(), left(pool)) == ([], 1_000)
        worked()
        worked()
        assert (matches(), left(pool)) == (["match:cap:1"], 900)

    def test_it_looks_at_the_book_in_pieces(self, campaign, people, monkeypatch):
        monkeypatch.setattr(worker, "BATCH", 3)
        pool = opened(people, 1_000)
        for number in range(10):
            capture(campaign, 10, f"cap:{number}")
        worked()
        assert left(pool) == 900

    def test_pages_grow_old_only_when_a_pool_changed(self, campaign, people):
        def version() -> int:
            return stamps.versions(db.session(), [pools.STAMP])[pools.STAMP]

        capture(campaign, 10, "cap:1")
        before = version()
        worked()
        assert version() == before
        opened(people, 1_000)
        between = version()
        capture(campaign, 10, "cap:2")
        worked()
        assert before < between < version()

    def test_the_row_of_a_pool_refuses_to_pass_its_cap(self, people):
        opened(people, 1_000)
        with pytest.raises(IntegrityError):
            db.session.execute(update(MatchPool).values(matched_rials=1_001))
        db.session.rollback()


def test_sixty_four_donors_and_four_workers_at_once_stop_exactly_at_the_caps(app, campaign, people):
    made, campaign_id = [opened(people, cap, position=cap) for cap in (250, 320, 430)], campaign.id

    def act(number: int) -> None:
        if number % 17 == 0:
            for _turn in range(6):
                place()
                db.session.commit()
                match()
                db.session.commit()
            return
        leg = Leg(BANK, accounts.campaign(campaign_id, "sadaqah"), 30)
        post(f"cap:{number}", Kind.CAPTURE, [leg], occurred_at=now(), campaign_id=campaign_id)
        db.session.commit()

    at_once(app, 68, act)
    worked()
    assert ([left(pool) for pool in made], len(matches())) == ([0, 0, 0], 34)
    assert queries.received(campaign_id) == 64 * 30 + 1_000
    assert queries.gifts(campaign_id) == 64
    assert queries.disagreements() == []


moves = st.lists(
    st.one_of(
        st.tuples(st.just("gift"), st.integers(0, 1), st.integers(1, 10**9)),
        st.tuples(st.just("pool"), st.integers(0, 2), st.integers(1, 10**9)),
        st.tuples(st.just("work"), st.booleans(), st.just(0)),
    ),
    max_size=20,
)


@settings(max_examples=20)
@given(story=moves)
def test_whatever_is_given_no_pool_passes_its_cap_and_no_rial_is_doubled_twice(app, database_house, story):
    db.session.remove()
    database_house.clear()
    both = [live_campaign(), live_campaign()]
    people = person("Farid", Role.FINANCE), person("Negar", Role.FINANCE)
    made: list[MatchPool] = []
    rials = 0
    for number, (what, which, amount) in enumerate(story):
        if what == "gift":
            capture(both[which], amount, f"cap:{number}")
            rials += amount
        elif what == "pool":
            where = both[which].id if which < 2 else None
            made.append(opened(people, amount, campaign_id=where, position=number))
        else:
            place()
            match()
            (db.session.rollback if which else db.session.commit)()
    worked()
    used = sum(pool.cap_rials - left(pool) for pool in made)
    assert sum(queries.received(campaign.id) for campaign in both) == rials + used
    assert used <= rials
    assert sum(queries.gifts(campaign.id) for campaign in both) == sum(what == "gift" for what, *_ in story)
    doubled = db.session.scalar(select(func.count()).where(LedgerTxn.kind == Kind.MATCH.value))
    assert doubled == len(set(matches()))
    assert queries.disagreements() == []
