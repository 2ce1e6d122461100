"""Whatever people do in a warehouse, in any order: no shelf and no box is below zero, and the book says the worth."""

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.goods import boxes, intake, pledges, stock
from campaigns.domain.goods.need_models import NeedLine
from campaigns.domain.goods.outgoing import Stage
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.pledge_states import LIVE, State
from campaigns.domain.goods.pledge_trace import pledge_parts
from campaigns.domain.goods.stock_errors import Refused
from campaigns.domain.goods.stock_models import OURS, Box, Intake, Move, Movement, Stock
from campaigns.domain.invariants import watch
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import balance, received
from tests.domain.counter.desk import placed
from tests.domain.goods.store import PRICE, a_store, came
from tests.giving import live_campaign
from tests.promises import need, promised
from tests.support.effort import effort

VERBS = (
    *("promise", "bring", "bring", "surprise", "rice", "void", "off", "found"),
    *("box", "pack", "pack", "unpack", "send", "back", "arrive"),
)
steps = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 5), st.integers(1, 5)), max_size=30)


@effort(examples=10, steps=1)
@given(story=steps)
def test_after_any_story_shelves_boxes_and_the_book_agree(app, database_house, story):
    db.session.remove()
    database_house.clear()
    store, campaign = a_store(), live_campaign()
    line = need(campaign, 12, unit_price_rials=PRICE)
    for verb, which, number in story:
        try:
            act(verb, which, number, store, line)
            db.session.commit()
        except (Refused, pledges.TooMuch):
            db.session.rollback()
        agrees(line)
    placed()
    assert watch.look(watch.everything()) == []
    assert received(campaign.id) == 0


def act(verb, which, number, store, line) -> None:
    box, row = pick(Box, which), pick(Stock, which)
    if verb == "promise":
        promised(line, number)
    elif verb == "bring" and (pledge := pick(Pledge, which)):
        came(store, number - 1, pledge=pledge, damaged=which, damage="خیس")
    elif verb == "surprise":
        came(store, number, need=line)
    elif verb == "rice":
        came(store, number, unit_rials=number * 10, worth="بازار")
    elif verb == "void" and (receipt := pick(Intake, which)):
        intake.void(receipt, store.hamed, "اشتباه")
    elif verb == "off" and row:
        stock.write_off(row, number, "موش", store.zahra)
    elif verb == "found" and (movement := pick(Movement, which)):
        stock.found_again(movement, "بود", store.hamed)
    elif verb == "box":
        boxes.open_boxes(store.warehouse, store.county, 1, store.zahra)
    elif box and verb in {"pack", "unpack"} and row:
        (boxes.pack if verb == "pack" else boxes.unpack)(box, row, number, store.zahra)
    elif box and verb == "send":
        boxes.send(box, store.zahra)
    elif box and verb == "back":
        boxes.call_back(box)
    elif box and row and verb == "arrive":
        boxes.delivered(box, store.hamed, {row.id: which}, "گم شد")


def pick(table, which):
    rows = db.session.scalars(select(table).order_by(table.id.desc())).all()
    return rows[which % len(rows)] if rows else None


def agrees(line: NeedLine) -> None:
    db.session.expire_all()
    assert all(row.quantity >= 0 for row in db.session.scalars(select(Stock)))
    ours = sum(OURS.get(Move(one.kind), 0) * one.rials for one in db.session.scalars(select(Movement)))
    assert balance(accounts.goods("KRM1")) == ours >= 0
    live = sum(one.quantity for one in db.session.scalars(select(Pledge)) if one.state in LIVE)
    standing = [one for one in db.session.scalars(select(Intake)) if one.voided_at is None]
    counted = sum(one.counted for one in standing)
    assert (line.reserved, line.received) == (live, counted)
    assert line.quantity - line.received - line.reserved >= 0
    _goes_its_way(standing)
    numbers = [one.number for one in db.session.scalars(select(Intake).order_by(Intake.number))]
    assert numbers == list(range(1, len(numbers) + 1))


def _goes_its_way(standing: list[Intake]) -> None:
    """What pledges are told of their goods is never more than what arrived; what is delivered stays so."""
    told = 0
    for pledge in db.session.scalars(select(Pledge)):
        came_of_it, parts = pledge_parts(pledge)
        there = sum(part.quantity for part in parts if part.stage == Stage.ARRIVED)
        assert came_of_it == sum(one.quantity for one in standing if one.pledge_id == pledge.id)
        assert sum(part.quantity for part in parts) <= came_of_it
        if pledge.state == State.DELIVERED:
            assert there == came_of_it
        told += there
    arrived = [one.quantity for one in db.session.scalars(select(Movement)) if one.kind == Move.DELIVERED]
    assert told <= sum(arrived)
