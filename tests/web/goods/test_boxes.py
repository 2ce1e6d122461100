"""A box from the sheet of labels to its county; the public learns no more than its state."""

import re

from sqlalchemy import select

from campaigns.base.codes import spoken
from campaigns.base.extensions import db
from campaigns.domain.goods import boxes
from campaigns.domain.goods.stock_models import Box, BoxState
from tests.domain.goods.store import YAZD, a_box, a_store, came, lying


def test_labels_are_printed_with_their_codes(store, zahra, home):
    index = f"{home}/boxes"
    wrong = zahra.fill(index, county=str(store.county.id), number="41")
    assert wrong.status_code == 422 and zahra.fill(index, number="1").status_code == 422
    page = zahra.after(zahra.fill(index, county=str(store.county.id), number="۳"))
    made = db.session.scalars(select(Box)).all()
    assert len(made) == 3 and page.count('class="qr"') == 3
    assert all(spoken(box.code) in page for box in made) and "زابل" in page
    assert all(spoken(box.code) in zahra.seen(index) for box in made)


def test_a_box_is_packed_sent_and_arrives_with_one_missing(store, zahra, line):
    row, box = came(store, 9, need=line).stock, a_box(store)
    path = f"/goods/box/{box.code}"
    assert zahra.fill(path, f"{path}/send").status_code == 303 and box.state == BoxState.OPEN
    wrong = zahra.fill(path, f"{path}/pack", stock=row.public_id, quantity="10")
    assert wrong.status_code == 422 and "این تعداد در قفسه نیست." in wrong.text
    zahra.after(zahra.fill(path, f"{path}/pack", stock=row.public_id, quantity="6"))
    wrong = zahra.fill(path, f"{path}/unpack", out__stock=row.public_id, out__quantity="7")
    assert wrong.status_code == 422 and "این تعداد در جعبه نیست." in wrong.text
    zahra.after(zahra.fill(path, f"{path}/unpack", out__stock=row.public_id, out__quantity="1"))
    assert lying(store) == [("پتو", 4)]
    assert "در راه است" in zahra.after(zahra.fill(path, f"{path}/send"))
    wrong = zahra.fill(path, f"{path}/arrived", **{f"missing_{row.public_id}": "1"})
    assert wrong.status_code == 422 and "دلیل را بنویسید." in wrong.text
    zahra.after(zahra.fill(path, f"{path}/arrived", **{f"missing_{row.public_id}": "1", "reason": "گم شد"}))
    assert box.state == BoxState.DELIVERED and boxes.contents(box) == []


def test_a_box_that_came_back_is_open_again(store, zahra, line):
    row, box = came(store, 9, need=line).stock, a_box(store)
    boxes.pack(box, row, 1, store.zahra)
    boxes.send(box, store.zahra)
    db.session.commit()
    path = f"/goods/box/{box.code}"
    zahra.after(zahra.fill(path, f"{path}/back"))
    assert box.state == BoxState.OPEN


def test_a_code_typed_at_the_warehouse_opens_its_box(store, zahra, home):
    box = a_box(store)
    found = zahra.get(f"{home}/boxes?code={spoken(box.code).lower()}")
    assert found.status_code == 303 and box.code in found.headers["Location"]
    assert "این کد هیچ جعبه‌ای نیست" in zahra.seen(f"{home}/boxes?code=123")


def test_the_public_learns_its_state_and_county_and_nothing_else(app, store, line):
    row, box = came(store, 9, need=line, giver="سارا رضایی").stock, a_box(store)
    boxes.pack(box, row, 5, store.zahra)
    boxes.send(box, store.zahra)
    db.session.commit()
    page = app.test_client().get(f"/b/{spoken(box.code)}").text
    assert "در راه" in page and "زابل" in page
    for secret in ("پتو", "سارا", store.zahra.name, "انبار کرمان", "KRM1"):
        assert secret not in page
    wrong = re.sub(".$", "0" if box.code[-1] != "0" else "1", box.code)
    assert app.test_client().get(f"/b/{wrong}").status_code == 404
    assert app.test_client().get(f"/goods/box/{box.code}").status_code == 302


def test_a_box_of_another_province_is_not_opened(store, zahra, home):
    box = a_box(a_store("YZD1", YAZD))
    assert zahra.get(f"/goods/box/{box.code}").status_code == 404
    assert zahra.get(f"{home}/labels?box={box.code}").status_code == 404
    assert zahra.post(f"/goods/box/{box.code}/send", {"csrf_token": zahra.token}).status_code == 404


def test_the_label_tells_anybody_how_far_the_box_has_come(app, store, line):
    row, box = came(store, 9, need=line).stock, a_box(store)
    visitor = app.test_client()
    assert visitor.get(f"/en/b/{box.code}").text.count("not yet") == 3
    boxes.pack(box, row, 5, store.zahra)
    boxes.send(box, store.zahra)
    db.session.commit()
    page = visitor.get(f"/en/b/{box.code}").text
    assert page.count('class="done"') == 2 and page.count("not yet") == 1
    assert "in the county of" not in page
    boxes.delivered(box, store.zahra)
    db.session.commit()
    page = visitor.get(f"/en/b/{box.code}").text
    assert page.count('class="done"') == 3 and "This box, in the county of" in page
    assert "پتو" not in page and store.zahra.name not in page
