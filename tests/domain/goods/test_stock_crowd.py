"""Many clerks at once: a promise is received once, the last item is packed once, numbers have no gap."""

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.goods import boxes, intake
from campaigns.domain.goods.intake import Brought
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.stock_errors import Refused
from campaigns.domain.goods.stock_models import Box, Intake, Stock, Warehouse
from campaigns.domain.invariants import watch
from tests.domain.counter.desk import placed
from tests.domain.goods.store import YAZD, a_box, a_store, came, lying
from tests.giving import live_campaign
from tests.promises import need, promised
from tests.support.crowds import at_once

CLERKS = 12


def test_two_warehouses_that_receive_one_promise_count_it_once(app):
    stores = [a_store(), a_store("YZD1", YAZD)]
    pledge = promised(need(live_campaign(), 6), 6)
    pledge_id, places = pledge.id, [(one.warehouse.id, one.zahra.id) for one in stores]

    def act(number: int) -> int:
        warehouse_id, clerk_id = places[number % 2]
        here, clerk = db.session.get_one(Warehouse, warehouse_id), db.session.get_one(User, clerk_id)
        brought = Brought(6, pledge=db.session.get_one(Pledge, pledge_id))
        try:
            receipt, _new = intake.take_in(here, brought, clerk, f"form-{number}")
        except Refused:
            db.session.rollback()
            return 0
        counted = receipt.counted
        db.session.commit()
        return counted

    assert sum(at_once(app, 4, act)) == 6
    db.session.expire_all()
    assert (pledge.received, pledge.need.received, pledge.need.reserved) == (6, 6, 0)


def test_a_form_sent_by_twelve_at_once_is_one_receipt(app):
    store = a_store()
    warehouse_id, clerk_id = store.warehouse.id, store.zahra.id

    def act(_number: int) -> str:
        here, clerk = db.session.get_one(Warehouse, warehouse_id), db.session.get_one(User, clerk_id)
        receipt, _new = intake.take_in(here, Brought(3, item="برنج", unit="کیسه"), clerk, "the same")
        named = receipt.named
        db.session.commit()
        return named

    assert len(set(at_once(app, CLERKS, act))) == 1
    assert lying(store) == [("برنج", 3)]


def test_numbers_have_no_gap_among_mistakes_and_the_shelf_is_their_sum(app):
    store = a_store()
    warehouse_id, clerk_id = store.warehouse.id, store.zahra.id

    def act(number: int) -> None:
        for turn in range(3):
            here, clerk = db.session.get_one(Warehouse, warehouse_id), db.session.get_one(User, clerk_id)
            intake.take_in(here, Brought(1, item="برنج", unit="کیسه"), clerk, f"{number}:{turn}")
            if (number + turn) % 3 == 0:
                db.session.rollback()
            else:
                db.session.commit()

    at_once(app, CLERKS, act)
    numbers = list(db.session.scalars(select(Intake.number).order_by(Intake.number)))
    assert numbers == list(range(1, 2 * CLERKS + 1))
    assert lying(store) == [("برنج", 2 * CLERKS)]
    placed()
    assert watch.look(watch.everything()) == []


def test_the_last_items_are_packed_once(app):
    store = a_store()
    row = came(store, 5).stock
    packed = [a_box(store).id for _clerk in range(CLERKS)]
    stock_id, clerk_id = row.id, store.zahra.id

    def act(number: int) -> bool:
        box, clerk = db.session.get_one(Box, packed[number]), db.session.get_one(User, clerk_id)
        try:
            boxes.pack(box, db.session.get_one(Stock, stock_id), 1, clerk)
        except Refused:
            db.session.rollback()
            return False
        db.session.commit()
        return True

    assert sum(at_once(app, CLERKS, act)) == 5
    db.session.expire_all()
    assert row.quantity == 0 and watch.look(watch.everything()) == []


def test_a_box_arrives_once(app):
    store = a_store()
    row, box = came(store, 5).stock, a_box(store)
    boxes.pack(box, row, 5, store.zahra)
    boxes.send(box, store.zahra)
    db.session.commit()
    box_id, clerk_id = box.id, store.zahra.id

    def act(_number: int) -> bool:
        try:
            boxes.delivered(db.session.get_one(Box, box_id), db.session.get_one(User, clerk_id))
        except Refused:
            db.session.rollback()
            return False
        db.session.commit()
        return True

    assert sum(at_once(app, CLERKS, act)) == 1
    assert watch.look(watch.everything()) == []
