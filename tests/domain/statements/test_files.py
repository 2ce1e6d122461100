"""Farid brings whatever his bank gives him: it is read right, or he is told why not. Nothing in it is run."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.digits import to_persian
from campaigns.domain.statements import cells, files
from campaigns.domain.statements.columns import Column, likely_header, meaning, problems, recognised
from campaigns.domain.statements.errors import Unreadable
from campaigns.domain.statements.lines import understood
from tests.domain.statements.papers import Move, as_csv, as_xlsx, days_only, signed, tehran, two_columns

DAY = date(2026, 11, 20)  # 29 Aban 1405
MOVES = [
    Move(tehran(DAY, 9, 5), 5_001_230, "انتقال از ۶۰۳۷۹۹******۱۲۳۴ «کمک»", "77120", 15_001_230),
    Move(tehran(DAY, 13, 40), -2_000_000, "حق انتقال", "77121", 13_001_230),
]


def why(data: bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        files.read(data)
    return refusal.value.why


def lines_of(data: bytes):
    rows = files.read(data)
    layout = recognised(rows)
    assert layout is not None
    return understood(rows, layout)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_encoding_and_separator_says_the_same(encoding: str, separator: str) -> None:
    reading = lines_of(as_csv(two_columns(MOVES), encoding, separator))
    assert [(line.rials, line.document, line.balance_rials) for line in reading.lines] == [
        (5_001_230, "77120", 15_001_230),
        (-2_000_000, "77121", 13_001_230),
    ]
    assert reading.problems == []


def test_a_workbook_says_the_same_as_the_text() -> None:
    assert lines_of(as_xlsx(two_columns(MOVES))) == lines_of(as_csv(two_columns(MOVES)))


def test_real_dates_and_numbers_of_a_workbook_are_understood() -> None:
    rows = [["Date", "Credit", "Debit", "Balance", "Document", "Description"]]
    at = datetime(2026, 11, 20, 9, 5, tzinfo=UTC).replace(tzinfo=None)  # a cell knows no zone
    rows += [[at, 5_001_230, None, 15_001_230.0, 77120, "gift"]]
    line = lines_of(as_xlsx(rows)).lines[0]
    assert (line.booked_at, line.rials) == (datetime(2026, 11, 20, 5, 35, tzinfo=UTC), 5_001_230)
    assert (line.balance_rials, line.document) == (15_001_230, "77120")


def test_a_signed_column_in_tomans_with_a_card_is_understood() -> None:
    move = Move(tehran(DAY, 9, 5), 5_001_230, tracking="0012345678", card="6037-99**-****-1234")
    line = lines_of(as_csv(signed([move]))).lines[0]
    assert (line.rials, line.tracking, line.last4, line.has_time) == (5_001_230, "0012345678", "1234", True)


def test_an_amount_with_its_direction_in_words_is_understood() -> None:
    reading = lines_of(as_csv(days_only(MOVES)))
    assert [line.rials for line in reading.lines] == [5_001_230, -2_000_000]
    assert not reading.lines[0].has_time


def test_the_middle_of_a_card_number_is_not_kept() -> None:
    whole = Move(tehran(DAY), 1_000_000, "از کارت 6274129005473742 پیگیری 1234567890123456", "1", 1)
    line = lines_of(as_csv(two_columns([whole]))).lines[0]
    assert "627412******3742" in line.description and "6274129005473742" not in line.description
    assert line.last4 == "3742"
    assert "1234567890123456" in line.description  # as long as a card number, and none


def test_what_is_no_line_is_left_out_or_said_with_its_row() -> None:
    rows = [
        *two_columns(MOVES),
        ["9", "۱۴۰۵/۱۳/۴۱", "", "1", "", "", "10", ""],
        ["10", "۱۴۰۵/۰۸/۰۱", "", "", "مانده از قبل"],
    ]
    rows += [["11", "۱۴۰۵/۰۸/۰۱", "", "", "", "", "ده", ""], ["12", "", "", "", "", "", "10", ""]]
    rows += [["13", "۱۴۵۰/۰۸/۰۱", "", "", "", "", "10", ""], ["14", "۱۴۰۵/۰۸/۰۱", "", "", "", "7", "10", ""]]
    reading = lines_of(as_csv(rows))
    assert len(reading.lines) == 2
    assert [(one.row, one.why) for one in reading.left_out] == [(7, "sum"), (9, "nothing")]
    assert [(one.row, one.why) for one in reading.problems] == [
        (8, "date"), (10, "amount"), (11, "date"), (12, "future"), (13, "both"),
    ]  # fmt: skip


def test_files_that_cannot_be_read_say_why() -> None:
    assert why(b"  \r\n ") == "empty"
    assert why(b"a,b\n" * 600_000) == "large"
    assert why(b"a,b\n" * 5_001) == "rows"
    assert why(b"\xd0\xcf\x11\xe0 old") == "old_excel"
    assert why(b"%PDF-1.7 ...") == "pdf"
    assert why(b"<html><table><tr><td>1</td></tr></table></html>") == "web_page"
    assert why(bytes(range(256)) * 4) == "not_text"
    assert why(b"PK\x03\x04 cut off") == "broken"
    assert why(as_xlsx(two_columns(MOVES))[:-200]) == "broken"


def test_a_workbook_that_unpacks_to_far_more_is_not_opened() -> None:
    out = io.BytesIO(as_xlsx(two_columns(MOVES)))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("xl/media/image1.bin", b"\0" * 40_000_000)
    assert why(out.getvalue()) == "bomb"


def test_a_workbook_with_entities_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as folder:
        folder.writestr(
            "xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><workbook/>'
        )
    assert why(out.getvalue()) == "bomb"


def test_a_formula_is_never_computed() -> None:
    rows = [["Date", "Credit", "Description"], ["2026-11-20", 1_000, '=HYPERLINK("http://x","y")']]
    line = lines_of(as_xlsx(rows)).lines[0]
    assert line.description == ""  # nothing was kept beside the formula, and nothing is made up


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"]))
def test_junk_is_refused_or_read_and_never_more(junk: bytes, start: bytes) -> None:
    try:
        rows = files.read(start + junk)
    except Unreadable:
        return
    assert rows
    likely_header(rows)
    recognised(rows)


@given(
    st.integers(1 - 10**14, 10**14 - 1),
    st.sampled_from(["{:,}", "{}", "{:,} ریال", "{:,}.00"]),
    st.booleans(),
)
def test_amounts_are_read_however_they_are_written(rials: int, form: str, in_persian: bool) -> None:
    text = form.format(rials)
    assert cells.rials(to_persian(text) if in_persian else text, "rial") == rials
    assert cells.rials(form.replace(" ریال", "").format(rials), "toman") == rials * 10
    assert cells.rials(f"({abs(rials):,})", "rial") == -abs(rials)


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        ("1405/08/29 09:05", ""), ("۱۴۰۵/۰۸/۲۹ - ۰۹:۰۵:۰۰", ""), ("14050829", "090500"), ("1405-8-29", "9:05"),
        ("29/08/1405", "0905"), ("2026-11-20T09:05:00", ""), ("09:05 1405/08/29", ""), ("٢٩ آبان ١٤٠٥", "09:05"),
    ],
)  # fmt: skip
def test_moments_are_read_however_they_are_written(day: str, clock: str) -> None:
    assert cells.moment(day, clock) == (datetime(2026, 11, 20, 5, 35, tzinfo=UTC), True)


@pytest.mark.parametrize("day", ["02/03/2026", "1405/07/31", "05/09/02", "امروز", "1405/08/29 25:00"])
def test_days_that_could_be_two_or_none_are_refused(day: str) -> None:
    with pytest.raises(cells.BadCell):
        cells.moment(day)


def test_headers_are_known_whatever_keyboard_wrote_them() -> None:
    assert meaning("تاريخ") is meaning("تاریخ ") is Column.DATE
    assert meaning("مبلغ واريز(ريال)") is Column.CREDIT
    assert meaning("شماره‌سند") is Column.NONE or meaning("شماره‌سند") is Column.DOCUMENT
    assert meaning("شمارهٔ کارت") is Column.CARD


def test_a_table_without_a_day_or_an_amount_is_not_guessed() -> None:
    assert problems([Column.DATE]) == ["amount"]
    assert problems([Column.CREDIT]) == ["date"]
    assert problems([Column.DATE, Column.AMOUNT, Column.CREDIT]) == ["both"]
    assert problems([Column.DATE, Column.DATE, Column.AMOUNT]) == ["twice"]
    assert recognised(files.read(b"x,y,z\n1,2,3")) is None
