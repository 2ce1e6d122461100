"""What Sara brought goes its way: packed, sent, arrived; when all of it has, her promise is delivered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.goods import boxes, intake, stock
from campaigns.domain.goods.outgoing import Heap, Stage, parts
from campaigns.domain.goods.pledge_queries import steps
from campaigns.domain.goods.pledge_states import State
from campaigns.domain.goods.stock_models import Box
from campaigns.domain.insights.goods_trace import pledge_trace
from tests.domain.goods.store import YAZD, a_box, a_store, came
from tests.giving import live_campaign
from tests.promises import need, promised
from tests.support.crowds import at_once


@pytest.fixture
def store(app):
    return a_store()


@pytest.fixture
def line(app):
    return need(live_campaign())


def on_its_way(store, row, quantity) -> Box:
    box = a_box(store)
    boxes.pack(box, row, quantity, store.zahra)
    boxes.send(box, store.zahra)
    db.session.commit()
    return box


def arrives(store, box, **missing) -> None:
    boxes.delivered(box, store.hamed, **missing)
    db.session.commit()
    db.session.expire_all()


def stages(pledge) -> tuple[int, ...]:
    trace = pledge_trace(pledge, "en")
    return trace.received, trace.packed, trace.sent, trace.arrived, trace.lost


class TestTheWayOfAPromise:
    def test_before_anything_came_there_is_nothing_to_tell(self, store, line):
        assert pledge_trace(promised(line, 6), "en") is None

    def test_it_is_packed_sent_and_arrives_in_a_county(self, store, line):
        pledge = promised(line, 6)
        row, box = came(store, 6, pledge=pledge).stock, a_box(store)
        assert stages(pledge) == (6, 0, 0, 0, 0)
        boxes.pack(box, row, 6, store.zahra)
        assert stages(pledge) == (6, 6, 0, 0, 0)
        boxes.send(box, store.zahra)
        assert stages(pledge) == (6, 6, 6, 0, 0)
        boxes.call_back(box)
        assert stages(pledge) == (6, 6, 0, 0, 0)
        boxes.send(box, store.zahra)
        arrives(store, box)
        assert stages(pledge) == (6, 6, 6, 6, 0) and pledge.state == State.DELIVERED
        [stop] = pledge_trace(pledge, "fa").stops
        assert (stop.what, stop.county) == ("پتو", "زابل") and stop.province
        assert (steps(pledge)[-1].verb, steps(pledge)[-1].note) == ("deliver", box.code)

    def test_who_brought_first_is_delivered_first_and_a_part_is_not_yet(self, store, line):
        first, second = promised(line, 6), promised(line, 6)
        row = came(store, 6, pledge=first).stock
        came(store, 6, pledge=second)
        arrives(store, on_its_way(store, row, 8))
        assert (first.state, second.state) == (State.DELIVERED, State.RECEIVED)
        assert stages(second) == (6, 2, 2, 2, 0)
        arrives(store, on_its_way(store, row, 4))
        assert second.state == State.DELIVERED

    def test_a_part_that_came_is_delivered_when_it_has_arrived(self, store, line):
        pledge = promised(line, 6)
        row = came(store, 3, pledge=pledge).stock
        arrives(store, on_its_way(store, row, 3))
        assert pledge.state == State.DELIVERED and stages(pledge) == (3, 3, 3, 3, 0)

    def test_what_came_to_two_warehouses_is_delivered_when_both_have_sent_it(self, store, line):
        other, pledge = a_store("YZD1", YAZD), promised(line, 6)
        here = came(store, 3, pledge=pledge).stock
        there = came(other, 3, pledge=pledge).stock
        arrives(store, on_its_way(store, here, 3))
        assert pledge.state == State.RECEIVED and stages(pledge) == (6, 3, 3, 3, 0)
        arrives(other, on_its_way(other, there, 3))
        assert pledge.state == State.DELIVERED

    def test_what_is_lost_is_said_and_never_called_delivered(self, store, line):
        pledge = promised(line, 6)
        row = came(store, 6, pledge=pledge).stock
        arrives(store, on_its_way(store, row, 6), missing={row.id: 1}, reason="گم شد")
        assert stages(pledge) == (6, 5, 5, 5, 1) and pledge.state == State.RECEIVED

    def test_what_was_spoiled_is_taken_off_those_that_came_last(self, store, line):
        first, second = promised(line, 6), promised(line, 6)
        row = came(store, 6, pledge=first).stock
        came(store, 6, pledge=second)
        stock.write_off(row, 2, "موش", store.zahra)
        arrives(store, on_its_way(store, row, 6))
        assert first.state == State.DELIVERED and stages(second) == (6, 0, 0, 0, 2)

    def test_a_receipt_that_was_a_mistake_is_nobodys(self, store, line):
        first, second = promised(line, 6), promised(line, 6)
        mistake = came(store, 6, pledge=first)
        row = came(store, 6, pledge=second).stock
        intake.void(mistake, store.hamed, "اشتباه")
        db.session.commit()
        arrives(store, on_its_way(store, row, 6))
        assert second.state == State.DELIVERED and pledge_trace(first, "en") is None

    def test_where_few_pieces_arrived_the_county_is_not_told(self, store, line):
        pledge = promised(line, 4)
        row = came(store, 4, pledge=pledge).stock
        arrives(store, on_its_way(store, row, 4))
        [stop] = pledge_trace(pledge, "fa").stops
        assert stop.county == "" and stop.province


def test_two_boxes_that_arrive_at_once_deliver_the_promise_they_hold_together(app, store, line):
    pledge = promised(line, 6)
    row = came(store, 6, pledge=pledge).stock
    ids, clerk_id = [on_its_way(store, row, 3).id for _box in range(2)], store.zahra.id

    def act(number: int) -> None:
        boxes.delivered(db.session.get_one(Box, ids[number]), db.session.get_one(User, clerk_id))
        db.session.commit()

    at_once(app, 2, act)
    db.session.expire_all()
    assert pledge.state == State.DELIVERED
    assert [step.verb for step in steps(pledge)].count("deliver") == 1


heaps = st.lists(st.builds(Heap, st.sampled_from(Stage), st.integers(1, 9)), max_size=6)


@given(heaps=heaps, sizes=st.lists(st.integers(1, 9), max_size=6))
def test_no_piece_is_told_to_two_givers(heaps, sizes):
    told = dict.fromkeys(Stage, 0)
    for at, size in enumerate(sizes):
        own = parts(sum(sizes[:at]), size, heaps)
        assert sum(part.quantity for part in own) <= size
        for part in own:
            told[part.stage] += part.quantity
    for stage in Stage:
        assert told[stage] <= sum(heap.quantity for heap in heaps if heap.stage == stage)
    assert sum(told.values()) == min(sum(sizes), sum(heap.quantity for heap in heaps))
