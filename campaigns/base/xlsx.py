"""Spreadsheets written row by row: however many rows there are, one is held in memory.

Text stays text: nothing is taken for a formula or a link, telephone numbers keep their zero. Whole numbers are numbers.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, BinaryIO

from campaigns.base.late import Late

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = Late("xlsxwriter")

LARGEST_EXACT = 10**15
"""A spreadsheet keeps fifteen digits of a number."""
MOST_ROWS = 1_000_000
"""Rows of one sheet, a little below what the format holds; more go to a second one."""
MOST_CHARACTERS = 32_767
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(
    file: BinaryIO, title: str, head: Sequence[str], rows: Iterable[Sequence[object]], *, rtl: bool
) -> int:
    """Writes `head` and `rows` to `file`; returns how many rows there were. `title` names the sheet."""
    number = 0
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        bold, sheet = book.add_format({"bold": True}), None
        for number, row in enumerate(rows, 1):
            place = (number - 1) % MOST_ROWS
            if place == 0:
                sheet = _sheet(book, f"{title} {number // MOST_ROWS + 1}", head, bold, rtl)
            _write(sheet, place + 1, row)
        if sheet is None:
            _sheet(book, title, head, bold, rtl)
    return number


def _sheet(book: "xlsxwriter.Workbook", title: str, head: Sequence[str], bold: object, rtl: bool) -> object:
    sheet = book.add_worksheet(title[:31])
    if rtl:
        sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(head), 18)
    for column, words in enumerate(head):
        sheet.write_string(0, column, words, bold)
    return sheet


def _write(sheet: "xlsxwriter.worksheet.Worksheet", place: int, row: Sequence[object]) -> None:
    for column, value in enumerate(row):
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST_EXACT:
            sheet.write_number(place, column, value)
        elif value is not None and value != "":
            sheet.write_string(place, column, str(value)[:MOST_CHARACTERS])
