"""Needed, promised, received, delivered in goods: thing by thing, true to the shelves, and nobody recognisable."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.goods import boxes
from campaigns.domain.insights.goods_numbers import goods_numbers
from tests.counting import counting
from tests.domain.goods.store import PRICE, a_box, a_store, came
from tests.giving import live_campaign
from tests.promises import need, promised


@pytest.fixture
def store(app):
    return a_store()


@pytest.fixture
def campaign(app):
    return live_campaign()


def arrived(store, row, quantity) -> None:
    box = a_box(store)
    boxes.pack(box, row, quantity, store.zahra)
    boxes.send(box, store.zahra)
    boxes.delivered(box, store.hamed)
    db.session.commit()


def told(campaign):
    db.session.expire_all()
    return goods_numbers(campaign.id, "fa")


def test_each_thing_has_its_numbers_and_the_same_thing_of_two_counties_is_one(store, campaign):
    blankets = {"item_key": "blanket", "unit_price_rials": PRICE}
    here, there = need(campaign, 40, **blankets), need(campaign, 10, **blankets)
    rice = need(campaign, 7, item_key="rice", item_fa="برنج", unit_fa="کیسه")
    promised(here, 6)
    row = came(store, 15, need=here).stock
    came(store, 10, need=there)
    came(store, 7, need=rice)
    arrived(store, row, 12)
    blanket, bags = told(campaign).things
    assert (blanket.item, blanket.needed, blanket.promised, blanket.received) == ("پتو", 50, 6, 25)
    assert (blanket.delivered, blanket.undelivered, blanket.missing) == (12, 13, 19)
    assert blanket.missing_rials == 19 * PRICE
    assert (bags.item, bags.received, bags.delivered, bags.missing) == ("برنج", 7, 0, 0)
    assert (told(campaign).whole, told(campaign).missing_rials) == (1, 19 * PRICE)


def test_a_few_pieces_that_arrived_are_not_told(store, campaign):
    row = came(store, 9, need=need(campaign)).stock
    arrived(store, row, 4)
    assert (told(campaign).things[0].delivered, told(campaign).things[0].undelivered) == (None, 0)
    arrived(store, row, 1)
    assert told(campaign).things[0].delivered == 5


def test_what_came_beyond_the_need_is_no_delivery_of_it(store, campaign):
    row = came(store, 9, need=need(campaign, 6)).stock
    arrived(store, row, 9)
    [blanket] = told(campaign).things
    assert (blanket.received, blanket.delivered, blanket.missing) == (6, 6, 0)


def test_without_a_price_the_worth_of_what_is_missing_is_not_told(campaign):
    need(campaign, 10, unit_price_rials=PRICE)
    assert told(campaign).missing_rials == 10 * PRICE
    need(campaign, 10)
    assert told(campaign).missing_rials is None


def test_it_takes_three_statements_whatever_there_is(store, campaign):
    campaign_id = campaign.id

    def asked() -> int:
        db.session.rollback()
        with counting() as statements:
            goods_numbers(campaign_id, "fa")
        return len([one for one in statements if "SELECT" in one])

    assert asked() == 1
    line = need(campaign, 500)
    assert asked() == 3
    for _one in range(5):
        row = came(store, 6, pledge=promised(line, 6)).stock
        need(campaign)
        arrived(store, row, 6)
    assert asked() == 3
