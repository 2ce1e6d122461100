"""Zahra takes goods in, packs them, sends them: each step is a movement, and the book says what goods are worth."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from campaigns.base.extensions import db
from campaigns.domain.goods import boxes, intake, pledges, stock
from campaigns.domain.goods.pledge_states import State
from campaigns.domain.goods.stock_errors import Refused
from campaigns.domain.goods.stock_models import BoxState, Intake, Move
from campaigns.domain.goods.stock_queries import Narrowed, boxes_delivered, movements, pledges_of_mobile
from campaigns.domain.goods.warehouses import found
from campaigns.domain.insights import book_sums, open_book
from campaigns.domain.invariants import watch
from campaigns.domain.ledger import accounts, queries
from campaigns.domain.ledger.entries import by_seq
from campaigns.domain.ledger.leaf import public_code
from campaigns.domain.ledger.models import CampaignRollup
from tests.domain.counter.desk import placed
from tests.domain.goods.store import PRICE, YAZD, a_box, a_store, came, lying
from tests.giving import live_campaign
from tests.promises import need, promised
from tests.worlds import gift

GOODS = accounts.goods("KRM1")


@pytest.fixture
def store(app):
    return a_store()


@pytest.fixture
def campaign(app):
    return live_campaign()


def refused(act) -> str:
    with pytest.raises(Refused) as why:
        act()
    db.session.rollback()
    return why.value.code


def held(campaign) -> int:
    return queries.balance(accounts.campaign_goods(campaign.public_id))


class TestGoodsComeIn:
    def test_all_that_was_promised(self, store, campaign):
        pledge = promised(need(campaign, unit_price_rials=PRICE), 6)
        receipt = came(store, 6, pledge=pledge)
        assert receipt.named.startswith("K-KRM1-") and receipt.named.endswith("-00001")
        assert (pledge.state, pledge.received, pledge.need.received) == (State.RECEIVED, 6, 6)
        assert lying(store) == [("پتو", 6)]
        assert queries.balance(GOODS) == held(campaign) == 6 * PRICE
        assert watch.look(watch.everything()) == []

    def test_a_part_and_some_damaged_which_do_not_count(self, store, campaign):
        pledge = promised(need(campaign), 6)
        receipt = came(store, 3, pledge=pledge, damaged=2, damage="خیس")
        assert (pledge.state, pledge.received, pledge.need.reserved) == (State.PARTLY, 3, 0)
        assert (receipt.damaged, receipt.damage, lying(store)) == (2, "خیس", [("پتو", 3)])
        came(store, 2, pledge=pledge)
        assert (pledge.received, pledge.need.received, lying(store)) == (5, 5, [("پتو", 5)])

    def test_nothing_but_damaged_goods_leaves_the_promise_as_it_is(self, store, campaign):
        pledge = promised(need(campaign), 6)
        came(store, 0, pledge=pledge, damaged=6, damage="پاره")
        assert (pledge.state, pledge.need.reserved, lying(store)) == (State.REGISTERED, 6, [("پتو", 0)])

    def test_goods_nobody_had_promised(self, store, campaign):
        line = need(campaign, 4, unit_price_rials=PRICE)
        more = came(store, 6, need=line)
        assert (more.counted, line.received, lying(store)) == (4, 4, [("پتو", 6)])
        came(store, 2)
        assert lying(store) == [("پتو", 6), ("برنج", 2)]
        assert queries.balance(GOODS) == 6 * PRICE

    def test_the_same_form_twice_takes_in_once(self, store, campaign):
        pledge = promised(need(campaign), 6)
        first = came(store, 6, key="the same", pledge=pledge)
        assert came(store, 6, key="the same", pledge=pledge) is first
        assert lying(store) == [("پتو", 6)]

    def test_another_worth_needs_its_reason(self, store, campaign):
        line = need(campaign, unit_price_rials=PRICE)
        assert refused(lambda: came(store, 1, need=line, unit_rials=9_000_000)) == "worth_why"
        assert refused(lambda: came(store, 1, unit_rials=1)) == "worth_why"
        came(store, 2, need=line, unit_rials=9_000_000, worth="فاکتور فروشگاه")
        came(store, 1, need=line)
        assert queries.balance(GOODS) == 18_000_000 + PRICE
        came(store, 1, unit_rials=700_000, worth="قیمت بازار")
        assert queries.balance(accounts.GENERAL_GOODS) == 700_000

    def test_what_does_not_fit_is_refused(self, store, campaign):
        pledge = promised(need(campaign), 6)
        assert refused(lambda: came(store, 0)) == "quantity"
        assert refused(lambda: came(store, 1, damaged=1)) == "damage"
        assert refused(lambda: came(store, 10**6, unit_rials=10**12, worth="?")) == "worth"
        pledges.cancel(pledge)
        db.session.commit()
        assert refused(lambda: came(store, 6, pledge=pledge)) == "pledge"
        store.warehouse.is_open = False
        db.session.commit()
        assert refused(lambda: came(store)) == "warehouse"
        assert lying(store) == [] and not db.session.scalars(select(Intake)).all()

    def test_a_code_is_one_warehouses(self, store):
        assert refused(lambda: found("KRM1", ("انبار", "Store"), YAZD, store.zahra)) == "code"

    def test_a_giver_is_found_by_their_number(self, store, campaign):
        pledge = promised(need(campaign), 6, mobile="+989121112233")
        assert pledges_of_mobile("+989121112233") == [pledge]
        came(store, 6, pledge=pledge)
        assert pledges_of_mobile("+989121112233") == []


class TestAReceiptThatWasAMistake:
    def test_is_taken_back_by_a_new_movement_and_the_promise_stands_again(self, store, campaign):
        pledge = promised(need(campaign, 10, unit_price_rials=PRICE), 6)
        receipt = came(store, 6, pledge=pledge)
        intake.void(receipt, store.hamed, "اشتباه شمرده شد")
        db.session.commit()
        assert (pledge.state, pledge.received, pledge.need.received) == (State.REGISTERED, 0, 0)
        assert pledge.need.reserved == 6 and lying(store) == [("پتو", 0)]
        assert queries.balance(GOODS) == held(campaign) == 0
        assert refused(lambda: intake.void(receipt, store.hamed, "باز")) == "voided"
        assert came(store, 5, pledge=pledge).number == 2
        placed()
        assert watch.look(watch.everything()) == []

    def test_where_others_took_the_place_the_promise_is_over(self, store, campaign):
        line = need(campaign, 6)
        pledge = promised(line, 6)
        receipt = came(store, 2, pledge=pledge)
        promised(line, 4)
        intake.void(receipt, store.zahra, "اشتباه")
        db.session.commit()
        assert (pledge.state, line.received, line.reserved) == (State.EXPIRED, 0, 4)

    def test_goods_that_are_packed_already_cannot_be_taken_back(self, store, campaign):
        receipt, box = came(store, 5), a_box(store)
        boxes.pack(box, receipt.stock, 1, store.zahra)
        db.session.commit()
        assert refused(lambda: intake.void(receipt, store.zahra, "اشتباه")) == "stock"
        assert refused(lambda: intake.void(receipt, store.zahra, " ")) == "reason"

    def test_the_open_book_lists_it_among_the_corrections(self, store, campaign):
        receipt = came(store, 1, need=need(campaign, unit_price_rials=PRICE))
        intake.void(receipt, store.zahra, "اشتباه")
        db.session.commit()
        placed()
        lines, _more = open_book.corrections(1, "fa")
        assert [(one.kind, one.corrects) for one in lines] == [("reversal", 1)]
        assert str(lines[0].reason) == "اشتباهی در موجودی یک انبار"


class TestShelves:
    def test_what_is_spoiled_is_written_off_and_found_again(self, store, campaign):
        row = came(store, 5, need=need(campaign, unit_price_rials=PRICE)).stock
        lost = stock.write_off(row, 2, "موش", store.zahra)
        assert (row.quantity, queries.balance(GOODS)) == (3, 3 * PRICE)
        stock.found_again(lost, "زیر قفسه بود", store.hamed)
        db.session.commit()
        assert (row.quantity, queries.balance(GOODS)) == (5, 5 * PRICE)
        assert refused(lambda: stock.found_again(lost, "باز", store.hamed)) == "moved"
        assert refused(lambda: stock.write_off(row, 6, "موش", store.zahra)) == "stock"
        assert refused(lambda: stock.write_off(row, 1, "", store.zahra)) == "reason"
        kinds = [
            one.kind for one in db.session.scalars(movements(store.warehouse, Narrowed(stock_id=row.id)))
        ]
        assert kinds == [Move.FOUND, Move.WRITTEN_OFF, Move.RECEIVED]

    def test_nobody_changes_a_movement(self, store):
        came(store)
        with pytest.raises(DBAPIError):
            db.session.execute(text("UPDATE stock_movement SET quantity = 1"))
        db.session.rollback()
        with pytest.raises(DBAPIError):
            db.session.execute(text("DELETE FROM stock_movement"))
        db.session.rollback()


class TestBoxes:
    def test_a_box_is_packed_sent_and_arrives(self, store, campaign):
        row, box = came(store, 9, need=need(campaign, unit_price_rials=PRICE)).stock, a_box(store)
        assert refused(lambda: boxes.send(box, store.zahra)) == "empty"
        boxes.pack(box, row, 6, store.zahra)
        boxes.unpack(box, row, 2, store.zahra)
        db.session.commit()
        assert refused(lambda: boxes.unpack(box, row, 5, store.zahra)) == "inside"
        boxes.pack(box, row, 4, store.zahra)
        boxes.send(box, store.zahra)
        db.session.commit()
        assert queries.balance(GOODS) == 9 * PRICE
        assert refused(lambda: boxes.pack(box, row, 1, store.zahra)) == "box"
        boxes.delivered(box, store.hamed, {row.id: 1}, "در راه گم شد")
        db.session.commit()
        assert (box.state, boxes.contents(box)) == (BoxState.DELIVERED, [])
        assert [(one.item, one.quantity) for one in boxes_delivered(campaign.id)] == [("پتو", 7)]
        assert refused(lambda: boxes.delivered(box, store.hamed)) == "moved"
        placed()
        assert watch.look(watch.everything()) == []

    def test_a_box_may_come_back_or_never_arrive(self, store):
        row, box = came(store, 3).stock, a_box(store)
        boxes.pack(box, row, 3, store.zahra)
        boxes.send(box, store.zahra)
        boxes.call_back(box)
        db.session.commit()
        assert refused(lambda: boxes.call_back(box)) == "moved"
        boxes.send(box, store.zahra)
        db.session.commit()
        assert refused(lambda: boxes.delivered(box, store.zahra, {row.id: 4}, "گم شد")) == "inside"
        assert refused(lambda: boxes.delivered(box, store.zahra, {row.id: 3})) == "reason"
        boxes.delivered(box, store.zahra, {row.id: 3}, "گم شد")
        db.session.commit()
        assert box.state == BoxState.LOST and boxes_delivered() == []

    def test_goods_of_another_warehouse_do_not_fit(self, store):
        row, box = came(a_store("YZD1", YAZD)).stock, a_box(store)
        assert refused(lambda: boxes.pack(box, row, 1, store.zahra)) == "elsewhere"


class TestTheBook:
    def test_no_bar_of_money_moves_with_goods(self, store, campaign):
        gift(campaign, 500_000)
        row = came(store, 4, need=need(campaign, unit_price_rials=PRICE)).stock
        box = a_box(store)
        boxes.pack(box, row, 2, store.zahra)
        boxes.send(box, store.zahra)
        boxes.delivered(box, store.zahra)
        stock.write_off(row, 1, "موش", store.zahra)
        db.session.commit()
        placed()
        rollup = db.session.get_one(CampaignRollup, campaign.id)
        assert (rollup.received_rials, rollup.gifts) == (500_000, 1)
        assert (queries.received(campaign.id), queries.gifts(campaign.id)) == (500_000, 1)
        assert [bucket.received_rials for bucket in book_sums.buckets(campaign.id)] == [500_000, 500_000]
        assert queries.disagreements() == [] and watch.look(watch.everything()) == []
        assert queries.balance(GOODS) == held(campaign) == PRICE

    def test_everybody_reads_goods_in_it_as_goods(self, store, campaign):
        came(store, 2, need=need(campaign, unit_price_rials=PRICE))
        placed()
        (line,), _size = open_book.newest_lines(1, "fa")
        assert (line.kind, line.rials, line.moved) == ("in_kind", 2 * PRICE, True)
        assert line.campaign.slug == campaign.slug
        ((_place, entry),) = by_seq(db.session, 1, 1)
        codes = {public_code(account) for move in entry.moves for account in (move.debit, move.credit)}
        assert codes == {GOODS, f"liability:campaign_goods:{campaign.public_id}"}

    def test_a_shelf_somebody_changed_by_hand_is_found(self, store, campaign):
        came(store, 2, need=need(campaign, unit_price_rials=PRICE))
        placed()
        db.session.execute(text("UPDATE stock SET quantity = 3"))
        db.session.commit()
        assert [found.name for found in watch.look(watch.everything())] == ["I21"]
