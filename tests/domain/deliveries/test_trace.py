"""What became of a gift: each rial is at one stage, with one gift, and never delivered before it was spent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.extensions import db
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.deliveries.stretch import stretch
from campaigns.domain.deliveries.trace import Bought, Brought, parts
from campaigns.domain.insights.gift_trace import gift_trace
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, mirror, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.rollup import place
from tests.counting import counting
from tests.domain.deliveries.house import Kerman

RIALS = st.integers(1, 10**12)
SPENDINGS = st.lists(
    st.builds(
        Bought,
        RIALS,
        st.booleans(),
        st.lists(st.builds(Brought, st.integers(0, 10**12), st.sampled_from(["بم", "بافت"])), max_size=4),
    ),
    max_size=6,
)


@given(st.lists(RIALS, min_size=1, max_size=12), SPENDINGS)
def test_the_parts_of_every_gift_are_the_gift_and_nothing_is_delivered_twice(gifts, spendings):
    begin, found = 0, []
    for rials in gifts:
        found.append(parts(begin, rials, spendings))
        begin += rials
    for rials, own in zip(gifts, found, strict=True):
        assert own.rials == rials
        assert min(own.waiting, own.allocated, own.bought, own.delivered_rials) >= 0
    spent = min(sum(gifts), sum(one.rials for one in spendings))
    assert sum(own.rials - own.waiting for own in found) == spent
    paid = sum(one.rials for one in spendings if one.is_paid)
    said = sum(min(one.rials, sum(part.rials for part in one.deliveries)) for one in spendings if one.is_paid)
    assert sum(own.delivered_rials for own in found) <= min(paid, said, spent)


@given(st.lists(RIALS, min_size=1, max_size=8), SPENDINGS, st.data())
def test_what_is_delivered_never_falls_when_more_is_spent(gifts, spendings, data):
    upto = data.draw(st.integers(0, len(spendings)))
    begin = 0
    for rials in gifts:
        earlier, later = parts(begin, rials, spendings[:upto]), parts(begin, rials, spendings)
        assert earlier.delivered_rials <= later.delivered_rials and earlier.waiting >= later.waiting
        begin += rials


@pytest.fixture
def kerman(app):
    return Kerman()


def traced(kerman, gift):
    return gift_trace(gift, f"cap:{gift.public_id}", "en")


def stages(kerman, gift):
    found = traced(kerman, gift)
    return found.received, found.allocated, found.bought, found.delivered


class TestByTheBook:
    def test_what_came_first_is_spent_first(self, kerman):
        sara, dariush, nima = (kerman.given(rials) for rials in (300, 500, 200))
        spending = kerman.spent(600)
        kerman.spent(100, paid=False)
        kerman.shown(spending=spending, rials=400)
        assert stages(kerman, sara) == (300, 300, 300, 300)
        assert stages(kerman, dariush) == (500, 400, 300, 100)
        assert stages(kerman, nima) == (200, 0, 0, 0)

    def test_the_county_is_named(self, kerman):
        sara = kerman.given(300)
        kerman.shown(spending=kerman.spent(300), rials=300)
        assert [(stop.what, stop.county) for stop in traced(kerman, sara).stops] == [("Dowry", "Bam")]

    def test_where_a_few_were_helped_only_the_province_is_named(self, kerman):
        sara = kerman.given(300)
        kerman.shown(spending=kerman.spent(300), rials=300, quantity=2)
        (stop,) = traced(kerman, sara).stops
        assert (stop.county, stop.province) == ("", "Kerman")

    def test_buckets_do_not_mix(self, kerman):
        sara, dariush = kerman.given(300), kerman.given(300, intent="nazr")
        kerman.shown(spending=kerman.spent(300, Intent.NAZR), rials=300)
        assert stages(kerman, sara) == (300, 0, 0, 0)
        assert stages(kerman, dariush) == (300, 300, 300, 300)

    def test_a_gift_that_went_back_makes_room_for_those_behind_it(self, kerman):
        sara, dariush = kerman.given(300), kerman.given(300)
        mirror(f"cap:{sara.public_id}", Kind.GIFT_REVERSED, occurred_at=sara.received_at)
        place()
        db.session.commit()
        kerman.spent(200)
        assert stages(kerman, dariush) == (300, 200, 200, 0)
        assert stretch(f"cap:{sara.public_id}", bucket(kerman)) == (0, 0, 300)

    def test_money_that_could_not_go_back_is_where_it_was(self, kerman):
        sara, dariush = kerman.given(300), kerman.given(300)
        leg = Leg(bucket(kerman), accounts.REFUND_PAYABLE, 100)
        post("rfa:1", Kind.REFUND, [leg], occurred_at=sara.received_at, campaign_id=kerman.campaign.id)
        mirror("rfa:1", Kind.REVERSAL, occurred_at=sara.received_at)
        place()
        db.session.commit()
        assert stretch(f"cap:{dariush.public_id}", bucket(kerman)) == (300, 300, 0)

    def test_a_gift_that_the_book_has_not_placed_has_no_stages_yet(self, kerman):
        assert stretch("cap:unknown", bucket(kerman)) is None

    def test_how_many_statements_it_takes_does_not_depend_on_the_gifts(self, kerman):
        first = kerman.given(300)
        kerman.shown(spending=kerman.spent(300), rials=300)
        with counting() as few:
            traced(kerman, first)
        for _time in range(20):
            last = kerman.given(100)
        with counting() as many:
            traced(kerman, last)
        assert len(many) <= len(few)


def bucket(kerman):
    return accounts.campaign(kerman.campaign.id, "sadaqah")
