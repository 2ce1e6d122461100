"""Zahra takes goods in with the keyboard alone: a code, Enter, a number, Enter, and a receipt to print."""

import re

from sqlalchemy import select

from campaigns.base.codes import spoken
from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.goods.pledge_states import State
from campaigns.domain.goods.stock_models import Intake
from tests.cast import person
from tests.domain.goods.store import YAZD, a_store, came, lying
from tests.promises import promised
from tests.web.officehands import Hands


def newest() -> Intake:
    return db.session.scalars(select(Intake).order_by(Intake.id.desc())).first()


def sumlist(page: str) -> str:
    """The paper receipt in a page, without tags."""
    paper = re.search(r"<article class=\"receipt slip\">.*?</article>", page, re.S)
    assert paper
    return re.sub(r"<[^>]+>", " ", paper[0])


class TestAPromise:
    def test_its_code_and_two_times_enter(self, store, zahra, line, home):
        pledge = promised(line, 6, name="سارا")
        found = zahra.get(f"{home}?q={spoken(pledge.code)}")
        assert found.status_code == 303
        page = zahra.seen(found.headers["Location"])
        assert 'value="۶"' in page and "autofocus" in page and "نو و دونفره" in page
        after = zahra.after(zahra.fill(found.headers["Location"]))
        receipt = newest()
        paper = sumlist(after)
        assert receipt.named in paper and "پتو" in paper and "سارا" in paper and "۶" in paper
        assert spoken(pledge.code) in paper and "autofocus" in after
        assert (pledge.state, lying(store)) == (State.RECEIVED, [("پتو", 6)])

    def test_a_part_and_some_damaged(self, store, zahra, line, home):
        pledge = promised(line, 6)
        path = f"{home}/promises/{pledge.public_id}"
        wrong = zahra.fill(path, quantity="۳", damaged="2")
        assert wrong.status_code == 422
        assert "بنویسید آسیب‌دیده‌ها چه عیبی دارند." in wrong.text and 'value="۳"' in wrong.text
        zahra.after(zahra.fill(path, quantity="۳", damaged="2", damage="خیس"))
        assert (newest().quantity, newest().damaged, lying(store)) == (3, 2, [("پتو", 3)])
        assert pledge.state == State.PARTLY

    def test_a_mobile_number_finds_what_its_owner_may_bring(self, zahra, line, home):
        first, second = (promised(line, number, mobile="+989121112233") for number in (6, 2))
        page = zahra.seen(f"{home}?q=۰۹۱۲ ۱۱۱ ۲۲۳۳")
        assert first.public_id in page and second.public_id in page
        assert "هیچ قولی این کد یا شماره را ندارد." in zahra.seen(f"{home}?q=09120000000")
        assert "هیچ قولی این کد یا شماره را ندارد." in zahra.seen(f"{home}?q=سلام")

    def test_a_form_sent_twice_is_one_receipt(self, store, zahra, line, home):
        pledge = promised(line, 6)
        path, key = f"{home}/promises/{pledge.public_id}", "k" * 20
        for _time in range(2):
            last = zahra.after(zahra.fill(path, key=key, quantity="3"))
        assert "این فرم پیش‌تر فرستاده شده بود" in last and lying(store) == [("پتو", 3)]

    def test_a_promise_that_was_called_off_takes_nothing(self, zahra, line, home):
        pledge = promised(line, 6)
        pledge.state = State.CANCELLED.value
        db.session.commit()
        page = zahra.seen(f"{home}/promises/{pledge.public_id}")
        assert "دیگر چیزی تحویل گرفته نمی‌شود" in page and 'name="quantity"' not in page

    def test_another_worth_wants_its_reason(self, zahra, line, home):
        path = f"{home}/promises/{promised(line, 6).public_id}"
        wrong = zahra.fill(path, unit_rials="900,000")
        assert wrong.status_code == 422 and "بنویسید چرا ارزش هر یک این است" in wrong.text
        zahra.after(zahra.fill(path, unit_rials="900,000", worth="فاکتور"))
        assert newest().stock.unit_rials == 9_000_000


class TestGoodsNobodyHadPromised:
    def test_for_a_need_or_for_none(self, store, zahra, line, home):
        zahra.after(zahra.fill(f"{home}/unexpected", need=line.public_id, quantity="2"))
        assert (newest().stock.need_id, newest().stock.unit_rials) == (line.id, line.unit_price_rials)
        wrong = zahra.fill(f"{home}/unexpected", quantity="2")
        assert wrong.status_code == 422 and "بنویسید چیست" in wrong.text
        zahra.after(zahra.fill(f"{home}/unexpected", item="برنج", unit="کیسه", quantity="2"))
        assert lying(store) == [("پتو", 2), ("برنج", 2)]


class TestAReceipt:
    def test_is_void_with_a_reason(self, store, zahra, line, home):
        receipt = came(store, 6, pledge=promised(line, 6))
        path = f"{home}/receipts/{receipt.public_id}"
        assert zahra.fill(path, f"{path}/void").status_code == 422
        page = zahra.after(zahra.fill(path, f"{path}/void", reason="اشتباه شمرده شد"))
        assert "این رسید باطل است" in page and "اشتباه شمرده شد" in page and lying(store) == [("پتو", 0)]

    def test_says_what_was_more_than_the_need_asked_for(self, store, zahra, line, home):
        receipt = came(store, 42, need=line)
        assert "بیش از نیاز" in zahra.seen(f"{home}/receipts/{receipt.public_id}")


class TestWhoMay:
    def test_a_warehouse_of_another_province_does_not_exist(self, store, zahra):
        other = a_store("YZD1", YAZD)
        receipt = came(other)
        away = f"/goods/{other.warehouse.public_id}"
        for path in ("", "/unexpected", "/stock", "/movements", "/movements.csv", "/boxes", "/labels"):
            assert zahra.get(away + path).status_code == 404
        assert zahra.get(f"{away}/receipts/{receipt.public_id}").status_code == 404
        mine = f"/goods/{store.warehouse.public_id}"
        assert zahra.get(f"{mine}/receipts/{receipt.public_id}").status_code == 404
        assert zahra.get(f"{mine}/stock/{receipt.stock.public_id}").status_code == 404
        assert "YZD1" not in zahra.seen("/goods/")

    def test_a_moderator_finds_no_warehouses(self, app, home):
        reza = Hands(app, person("Nader", Role.MODERATOR))
        assert reza.get("/goods/").status_code == 404 and reza.get(home).status_code == 404

    def test_a_province_desk_opens_one(self, app):
        a_store()
        desk = Hands(app, person("Dina", Role.PROVINCE_DESK, province_code=YAZD))
        names = {"name_fa": "انبار یزد", "name_en": "Yazd store"}
        assert "انبار دیگری این کد را دارد." in desk.fill("/goods/new", code="krm1", **names).text
        assert desk.fill("/goods/new", code="k-1", **names).status_code == 422
        assert desk.fill("/goods/new", code="YZD2", province="IR-08", **names).status_code == 422
        assert "انبار آماده است" in desk.after(desk.fill("/goods/new", code="yzd2", **names))
