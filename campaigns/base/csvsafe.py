"""CSV that opens well in a spreadsheet and runs nothing there."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"
_INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff \u00a0"
)
_FORMULA = "=+-@\t\r\n＝＋－＠|"


def guarded(value: object) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection). Whole numbers stay numbers."""
    if isinstance(value, int):
        return str(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(_INVISIBLE)[:1] in tuple(_FORMULA) else text


def rows_as_csv(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Lines of CSV, the first one after a byte order mark so that Persian opens right in Excel."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(BOM)
    for row in rows:
        writer.writerow([guarded(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
