"""Tables kept as text: of any encoding and separator banks use."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from campaigns.domain.statements.errors import Unreadable
from campaigns.domain.statements.table import Row, rows_of

SEPARATORS = ",;\t"
SAMPLE_ROWS = 60
_TOLD = re.compile(r"sep=(.)\r?\n")  # a first line that spreadsheets write
_KEPT_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)  # how some banks keep zeros in front
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read(data: bytes) -> list[Row]:
    """The rows of a text with separators. Raises `Unreadable`."""
    text = decoded(data)
    if text.lstrip()[:200].casefold().startswith(("<!doctype html", "<html", "<table", "<meta")):
        raise Unreadable("web_page")
    told = _TOLD.match(text)
    mark = told[1] if told else _separator(text)
    try:
        return rows_of(_plain(row) for row in _split(text[told.end() :] if told else text, mark))
    except csv.Error:
        raise Unreadable("broken") from None


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16, with a byte order mark or without, or Windows-1256."""
    encoding = next((name for mark, name in _BOMS.items() if data.startswith(mark)), "")
    if not encoding and b"\x00" in data:  # only UTF-16 has zeros: every other byte of a digit
        even, odd = data[0::2].count(0), data[1::2].count(0)
        encoding = "utf-16-be" if even > odd else "utf-16-le"
    for name in [encoding] if encoding else ["utf-8", "cp1256"]:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if not _NO_TEXT.search(text):
            return text
    raise Unreadable("not_text")


def _separator(text: str) -> str:
    """The mark that cuts most rows into equally many cells."""

    def evenness(mark: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in islice(_split(text, mark), SAMPLE_ROWS) if len(row) > 1)
        return max(((rows, width) for width, rows in widths.items()), default=(0, 0))

    return max(SEPARATORS, key=evenness)


def _split(text: str, mark: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=mark)


def _plain(row: list[str]) -> list[str]:
    kept = (_KEPT_AS_TEXT.fullmatch(cell.strip()) for cell in row)
    return [text[1] if text else cell for text, cell in zip(kept, row, strict=True)]
