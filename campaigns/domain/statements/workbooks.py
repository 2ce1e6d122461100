"""Tables kept as XLSX: the first sheet with something in it. No formula is computed: what the bank's program wrote
beside it is read.

An XLSX is a folder of XML, packed: before anything is parsed, every part is unpacked once and counted.
"""

import io
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from campaigns.domain.statements.errors import Unreadable
from campaigns.domain.statements.table import MOST_COLUMNS, MOST_ROWS, Row, rows_of

MOST_PARTS = 200
LARGEST_UNPACKED = 32 * 1024 * 1024  # bytes, all parts together
PIECE = 64 * 1024
HALF_A_SECOND = timedelta(milliseconds=500)
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")  # entities can grow when parsed; no spreadsheet has them
_BROKEN = (
    BadZipFile, InvalidFileException, ParseError, zlib.error, EOFError, OSError, RuntimeError,
    NotImplementedError, KeyError, IndexError, ValueError, TypeError, AttributeError,
)  # fmt: skip
"""What the parser raises for files that are no workbooks or were cut off."""


def read(data: bytes) -> list[Row]:
    """The rows of the first sheet that has any. Raises `Unreadable`."""
    try:
        _weigh(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        return _first_filled(book)
    except _BROKEN:
        raise Unreadable("broken") from None


def _weigh(data: bytes) -> None:
    """Raises `Unreadable("bomb")` for what unpacks to too much, or would grow when it is parsed."""
    unpacked = 0
    with ZipFile(io.BytesIO(data)) as folder:
        if len(folder.infolist()) > MOST_PARTS:
            raise Unreadable("bomb")
        for part in folder.infolist():
            with folder.open(part) as packed:
                tail = b""
                while piece := packed.read(PIECE):
                    unpacked += len(piece)
                    if unpacked > LARGEST_UNPACKED or _declares(part.filename, tail + piece):
                        raise Unreadable("bomb")
                    tail = piece[-len(_DECLARATIONS[0]) :]


def _declares(name: str, piece: bytes) -> bool:
    if not name.casefold().endswith((".xml", ".rels", ".vml")):
        return False
    return b"\x00" in piece or any(word in piece.upper() for word in _DECLARATIONS)


def _first_filled(book: Any) -> list[Row]:
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a file says of its own size is not believed
        try:
            return rows_of(_texts(sheet))
        except Unreadable as nothing:
            if nothing.why != "empty":
                raise
    raise Unreadable("empty")


def _texts(sheet: Any) -> Iterator[list[str]]:
    for row in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True):
        yield [text(value) for value in row]


def text(value: Any) -> str:
    """A cell as a person reads it, digits and dates in one form; never a number with an exponent."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{(value + HALF_A_SECOND).replace(microsecond=0):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date | time):
        return f"{value:%Y-%m-%d}" if isinstance(value, date) else f"{value:%H:%M:%S}"
    if isinstance(value, float):
        whole = Decimal(repr(value))
        return format(whole.quantize(Decimal(1)) if whole == whole.to_integral_value() else whole, "f")
    return str(value)
