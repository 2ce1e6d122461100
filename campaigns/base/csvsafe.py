"""CSV that opens well in a spreadsheet and runs nothing there."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"
_FORMULA = frozenset("=+-@|\t\r\n＝＋－＠−")
_PASSED_OVER = frozenset(["Cf", "Zs", "Cc"])  # marks a spreadsheet may not see before the formula


def guarded(value: object) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection). Whole numbers stay numbers."""
    if isinstance(value, int):
        return str(value)
    text = "" if value is None else str(value)
    return f"'{text}" if _starts_formula(text) else text


def rows_as_csv(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Lines of CSV, the first one after a byte order mark so that Persian opens right in Excel.

    Every cell is quoted: a spreadsheet set to semicolons does not split a cell and find a formula inside.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    buffer.write(BOM)
    for row in rows:
        writer.writerow([guarded(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _starts_formula(text: str) -> bool:
    for mark in text:
        if mark in _FORMULA:
            return True
        if unicodedata.category(mark) not in _PASSED_OVER:
            return False
    return False
