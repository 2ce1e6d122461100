"""Zahra looks after the shelves: stock, movements and their file, write-offs."""

import csv
import io

from campaigns.base.extensions import db
from campaigns.domain.goods import stock
from tests.domain.goods.store import PRICE, came, lying


def test_what_lies_there_and_what_it_is_worth(store, zahra, line, home):
    came(store, 4, need=line)
    came(store, 2)
    page = zahra.seen(f"{home}/stock")
    assert "پتو" in page and "۳٬۴۰۰٬۰۰۰" in page and "ارزش‌گذاری نشده" in page and "برای هیچ پویشی" in page
    assert PRICE * 4 == 34_000_000
    assert "۲ قلم کالا" in zahra.seen("/goods/")


def test_writing_off_and_finding_again(store, zahra, line, home):
    row = came(store, 4, need=line).stock
    path = f"{home}/stock/{row.public_id}"
    wrong = zahra.fill(path, f"{path}/off", quantity="5", reason="موش")
    assert wrong.status_code == 422 and "این تعداد در قفسه نیست." in wrong.text
    assert zahra.fill(path, f"{path}/off", quantity="1").status_code == 422
    page = zahra.after(zahra.fill(path, f"{path}/off", quantity="1", reason="موش"))
    assert "کنار گذاشته شد" in page and "موش" in page and lying(store) == [("پتو", 3)]
    lost = stock.write_off(row, 1, "باران", store.hamed)
    db.session.commit()
    where = f"{home}/movements/{lost.public_id}"
    assert "باران" in zahra.seen(where)
    assert zahra.fill(where, f"{where}/found").status_code == 422
    zahra.after(zahra.fill(where, f"{where}/found", reason="پیدا شد"))
    assert lying(store) == [("پتو", 3)]
    assert 'name="reason"' not in zahra.seen(where)


def test_movements_are_narrowed_and_leave_as_a_safe_file(store, zahra, line, home):
    row = came(store, 4, need=line).stock
    stock.write_off(row, 1, "=HYPERLINK(1)", store.zahra)
    db.session.commit()
    body = zahra.seen(f"{home}/movements?kind=written_off").partition("<tbody>")[2]
    assert "HYPERLINK" in body and "K-KRM1" not in body
    assert "K-KRM1" not in zahra.seen(f"{home}/movements?last=1400/01/01").partition("<tbody>")[2]
    assert zahra.get(f"{home}/movements?first=foo").status_code == 422
    assert zahra.get(f"{home}/movements.csv?first=foo").status_code == 422
    answer = zahra.get(f"{home}/movements.csv")
    heads, *rows = csv.reader(io.StringIO(answer.text.lstrip("\ufeff")))
    assert len(heads) == len(rows[0]) == 11 and answer.headers["Content-Disposition"].startswith("attachment")
    assert [(one[3], one[5], one[6], one[9]) for one in rows] == [
        ("پتو", "1", str(PRICE), "'=HYPERLINK(1)"),
        ("پتو", "4", str(4 * PRICE), ""),
    ]


def test_older_movements_are_a_page_on(store, zahra, home):
    for _bag in range(52):
        came(store, 1)
    page = zahra.seen(f"{home}/movements")
    older = page.partition('rel="next" href="')[2].partition('"')[0]
    assert zahra.seen(older.replace("&amp;", "&")).count("K-KRM1") == 2
