"""CSV for Kamran's spreadsheet: it opens well and runs nothing."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.csvsafe import BOM, guarded, rows_as_csv


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline="")))


@pytest.mark.parametrize("start", list("=+-@|\t\r\n＝＋－＠−"))
@pytest.mark.parametrize(
    "before", ["", " ", "\u00a0", "\u200f", "\u202e", "\u2067 ", "\ufeff", "\u061c", "\x00", "\u3000"]
)
def test_no_cell_is_a_formula_whatever_hides_before_it(start: str, before: str) -> None:
    assert guarded(f"{before}{start}HYPERLINK()") == f"'{before}{start}HYPERLINK()"


@pytest.mark.parametrize("value", ["سارا", "a=b", "", " سلام", "۵۰٬۰۰۰", "1-2", "😀"])
def test_other_cells_stay_as_they_are(value: str) -> None:
    assert guarded(value) == value


def test_numbers_stay_numbers_and_nothing_is_empty() -> None:
    assert guarded(-220) == "-220"
    assert guarded(500_000) == "500000"
    assert guarded(None) == ""


@given(st.lists(st.lists(st.text() | st.integers() | st.none(), min_size=1, max_size=4), max_size=5))
def test_a_spreadsheet_reads_every_cell_back(rows: list[list[object]]) -> None:
    text = "".join(rows_as_csv(rows))
    assert read(text) == [[guarded(value) for value in row] for row in rows]


def test_the_file_begins_with_one_mark_and_streams_line_by_line() -> None:
    lines = rows_as_csv([["نام", "مبلغ"], ["سارا", 500_000]])
    assert next(lines) == '\ufeff"نام","مبلغ"\r\n'
    assert next(lines) == '"سارا","500000"\r\n'


def test_rows_are_asked_for_only_when_they_are_sent() -> None:
    asked: list[int] = []

    def rows() -> object:
        for number in range(3):
            asked.append(number)
            yield [number]

    lines = rows_as_csv(rows())  # type: ignore[arg-type]
    next(lines)
    assert asked == [0]
