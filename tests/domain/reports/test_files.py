"""Reports that somebody brings as a file, from panels, from spreadsheets, in Persian and in English."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.domain.payments.contract import Outcome
from campaigns.domain.reports.files import Unreadable, read_report

AT = datetime(2026, 11, 23, 11, 0, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "RefNum,ResNum,Amount,State,Date\nR-1,17,5000000,OK,2026-11-23 14:30:22\n",
        '"Amount";"RefNum";"Date";"Status";"ResNum"\n"5,000,000";"R-1";"2026/11/23 14:30:22";"2";"17"\n',
        "رسید دیجیتالی\tشماره سفارش\tمبلغ (ریال)\tوضعیت\tتاریخ\nR-1\t۱۷\t۵٬۰۰۰٬۰۰۰\tموفق\t۱۴۰۵/۰۹/۰۲ ۱۴:۳۰:۲۲\n",
    ],
)
def test_the_same_payment_however_it_is_written(text):
    for data in (text.encode("utf-8-sig"), text.encode()):
        (row,) = read_report(data)
        assert (row.rials, row.outcome, row.at) == (5_000_000, Outcome.ALREADY, AT)
        assert (row.receipt_ref, row.numeric_ref) == ("R-1", 17)


def test_a_file_without_days_and_states_lists_what_was_paid():
    (row,) = read_report(b"RefNum,Amount\r\n\r\nR/1+=,1000\r\n")
    assert (row.outcome, row.at, row.receipt_ref) == (Outcome.ALREADY, None, "R/1+=")


def test_what_was_not_paid_or_went_back_is_told_apart():
    rows = read_report("ResNum,Amount,State\n1,10,Failed\n2,10,برگشت خورده\n".encode())
    assert [row.outcome for row in rows] == [Outcome.NOT_PAID, Outcome.REVERSED]


@pytest.mark.parametrize(
    ("data", "what", "lines"),
    [
        (b"", "empty", ()),
        (b"\n \n", "empty", ()),
        (b"name,city\nSara,Kerman\n", "heads", ()),
        (b"Amount\n5\n", "heads", ()),
        (b"RefNum,Amount\nR1,5\nR2,five\n,7\nR4,1.5\n", "lines", (3, 4, 5)),
        (b"RefNum,Amount,Date\nR1,5,1405/13/40\n", "lines", (2,)),
        (b"x" * (4 * 1024 * 1024 + 1), "long", ()),
    ],
)
def test_nothing_of_a_file_is_used_when_a_part_cannot_be_read(data, what, lines):
    with pytest.raises(Unreadable) as why:
        read_report(data)
    assert (why.value.what, why.value.lines) == (what, lines)


@given(st.binary(max_size=300), st.booleans())
def test_no_junk_breaks_the_reader(data, headed):
    try:
        rows = read_report((b"RefNum,Amount,Date,State\n" if headed else b"") + data)
    except Unreadable:
        return
    assert all(row.rials >= 0 and row.name for row in rows)
