from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from campaigns.base import clock, stamps
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.ledger import accounts, queries, rollup
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.models import CampaignRollup, LedgerPlace, LedgerUnplaced
from campaigns.domain.ledger.rollup import place
from campaigns.domain.ledger.seal_models import LedgerDay
from tests.domain.ledger.book import BANK, capture, mirror
from tests.giving import live_campaign
from tests.support.crowds import at_once


@pytest.fixture
def campaign(app):
    return live_campaign()


def placed() -> int:
    done = place()
    db.session.commit()
    return done


def bar(campaign_id: int) -> tuple[int, int]:
    row = db.session.get(CampaignRollup, campaign_id, populate_existing=True)
    return (row.received_rials, row.gifts) if row else (0, 0)


def versions(*names: str) -> dict[str, int]:
    return stamps.versions(db.session(), names)


class TestPlace:
    def test_a_gift_moves_the_bar_once_it_has_its_place(self, campaign):
        capture(campaign, 100, "cap:1")
        assert bar(campaign.id) == (0, 0)
        assert placed() == 1
        assert bar(campaign.id) == (100, 1)
        assert placed() == 0

    def test_the_figures_of_a_day_go_on_where_the_last_step_of_that_day_ended(self, campaign):
        for number in range(3):
            capture(campaign, 100, f"cap:{number}")
            placed()
        assert db.session.execute(select(LedgerDay.rials, LedgerDay.entries)).all() == [(300, 3)]

    def test_a_campaign_has_one_bar_over_all_its_intents(self, campaign):
        capture(campaign, 100, "cap:1", intent="sadaqah")
        capture(campaign, 50, "cap:2", intent="zakat")
        placed()
        assert bar(campaign.id) == (150, 2)

    def test_the_last_gift_keeps_its_moment(self, campaign):
        moment = datetime(2026, 11, 20, 8, tzinfo=UTC)
        with clock.at(moment):
            capture(campaign, 100, "cap:1")
        placed()
        assert db.session.get_one(CampaignRollup, campaign.id).last_gift_at == moment

    def test_a_gift_mirrored_back_counts_no_more(self, campaign):
        txn_id = capture(campaign, 100, "cap:1")
        capture(campaign, 30, "cap:2")
        placed()
        mirror(campaign, 100, txn_id)
        placed()
        assert bar(campaign.id) == (30, 1)

    def test_money_that_is_no_gift_moves_no_number_of_gifts(self, campaign):
        """Such as an allocation, or money paid out: the model of later work."""
        own = accounts.campaign(campaign.id, "sadaqah")
        post("un:1", Kind.UNALLOCATED, [Leg(BANK, accounts.UNALLOCATED, 80)], occurred_at=now())
        post("alloc:1", "allocation", [Leg(accounts.UNALLOCATED, own, 80)], occurred_at=now())
        placed()
        assert bar(campaign.id) == (80, 0)

    def test_places_have_no_gap_whatever_the_batches(self, campaign, monkeypatch):
        monkeypatch.setattr(rollup, "BATCH", 3)
        for number in range(8):
            capture(campaign, 10, f"cap:{number}")
        assert [placed() for _ in range(4)] == [3, 3, 2, 0]
        assert list(db.session.scalars(select(LedgerPlace.seq).order_by(LedgerPlace.seq))) == list(
            range(1, 9)
        )
        assert bar(campaign.id) == (80, 8)

    def test_pages_grow_old_when_the_bar_moves_and_not_when_a_donor_pays(self, campaign):
        names = (stamps.PORTAL, stamps.of_campaign(campaign.id), stamps.of_campaign(campaign.id + 1))
        before = versions(*names)
        capture(campaign, 100, "cap:1")
        assert versions(*names) == before
        placed()
        after = versions(*names)
        assert [after[name] > before[name] for name in names] == [True, True, False]

    def test_a_page_grows_old_when_money_is_spent_though_its_bar_stays(self, campaign):
        capture(campaign, 500, "cap:1")
        placed()
        page = stamps.of_campaign(campaign.id)
        seen, own = versions(page), accounts.campaign(campaign.id, "sadaqah")
        spent = [Leg(own, accounts.PAYABLE, 200)]
        post("spend:1", Kind.SPENDING, spent, occurred_at=now(), campaign_id=campaign.id)
        placed()
        assert bar(campaign.id) == (500, 1)
        assert versions(page)[page] > seen[page]

    def test_a_batch_that_fails_is_placed_later(self, campaign):
        capture(campaign, 100, "cap:1")
        place()
        db.session.rollback()
        assert bar(campaign.id) == (0, 0)
        placed()
        assert bar(campaign.id) == (100, 1)


def test_workers_who_place_at_once_while_donors_give_count_each_gift_once(app, campaign):
    one, other = campaign.id, live_campaign().id

    def act(number: int) -> int:
        if number % 3 == 0:
            return sum(placed() for _ in range(5))
        for gift in range(4):
            target = one if gift % 2 else other
            leg = Leg(BANK, accounts.campaign(target, "sadaqah"), 10)
            post(f"cap:{number}:{gift}", Kind.CAPTURE, [leg], occurred_at=now(), campaign_id=target)
            db.session.commit()
        return 0

    done = sum(at_once(app, 12, act))
    while step := placed():
        done += step
    assert done == 32
    assert (bar(one), bar(other)) == ((160, 16), (160, 16))
    assert db.session.scalar(select(func.max(LedgerPlace.seq))) == 32
    assert db.session.scalar(select(func.count()).select_from(LedgerUnplaced)) == 0


@pytest.mark.fault("F46")
def test_of_a_thousand_donors_at_once_the_bar_is_the_sum(app, campaign):
    campaign_id = campaign.id
    own = accounts.campaign(campaign_id, "sadaqah")

    def act(number: int) -> None:
        if number >= 20:
            for _ in range(30):
                placed()
            return
        for gift in range(number * 50, number * 50 + 50):
            leg = Leg(BANK, own, 10 + gift)
            post(f"cap:{gift}", Kind.CAPTURE, [leg], occurred_at=now(), campaign_id=campaign_id)
            db.session.commit()

    at_once(app, 22, act)
    while placed():
        continue
    assert bar(campaign_id) == (sum(range(10, 1_010)), 1_000)
    assert queries.disagreements() == []


steps = st.lists(
    st.one_of(
        st.tuples(st.just("gift"), st.integers(0, 1), st.integers(1, 10**12)),
        st.tuples(st.just("mirror"), st.integers(0, 20), st.just(0)),
        st.tuples(st.just("place"), st.just(0), st.just(0)),
    ),
    max_size=20,
)


@pytest.mark.fault("F48")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=steps)
def test_the_bar_is_always_what_the_placed_book_says(app, database_house, story):
    db.session.remove()
    database_house.clear()
    both = [live_campaign(), live_campaign()]
    standing: list[tuple[int, int, int]] = []
    for number, (what, which, rials) in enumerate(story):
        if what == "gift":
            standing.append((which, rials, capture(both[which], rials, f"cap:{number}")))
        elif what == "mirror" and standing:
            target, amount, txn_id = standing.pop(which % len(standing))
            mirror(both[target], amount, txn_id)
        elif what == "place":
            placed()
        assert queries.disagreements() == []
    placed()
    for index, campaign in enumerate(both):
        own = [rials for target, rials, _txn in standing if target == index]
        assert bar(campaign.id) == (sum(own), len(own))
        assert (queries.received(campaign.id), queries.gifts(campaign.id)) == (sum(own), len(own))
