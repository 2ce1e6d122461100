"""What the columns of a statement mean: known by the words of their header, or told by a person."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from campaigns.base.search import fold
from campaigns.domain.statements.table import Row

ROWS_ABOVE = 30
"""So many rows may stand above the header: the bank's name, the account, the period."""


class Column(StrEnum):
    NONE = ""
    DATE = "date"  # with or without the time
    TIME = "time"
    CREDIT = "credit"  # what came in
    DEBIT = "debit"  # what went out
    AMOUNT = "amount"  # both, signed or with a direction
    DIRECTION = "direction"
    BALANCE = "balance"
    DOCUMENT = "document"
    TRACKING = "tracking"
    CARD = "card"
    DESCRIPTION = "description"  # any number of columns


C = Column
_WORDS = {
    C.DATE: (
        "تاریخ", "تاریخ تراکنش", "تاریخ عملیات", "تاریخ سند", "تاریخ گردش", "تاریخ و زمان", "تاریخ و ساعت",
        "تاریخ و زمان تراکنش", "تاریخ ثبت", "زمان و تاریخ", "date", "transaction date", "booking date",
        "posting date", "date and time", "date time",
    ),
    C.TIME: ("ساعت", "زمان", "ساعت تراکنش", "زمان تراکنش", "ساعت عملیات", "time", "transaction time"),
    C.CREDIT: (
        "بستانکار", "واریز", "واریزی", "مبلغ واریز", "مبلغ واریزی", "مبلغ بستانکار", "گردش بستانکار", "credit",
        "credit amount", "deposit", "paid in",
    ),
    C.DEBIT: (
        "بدهکار", "برداشت", "برداشتی", "مبلغ برداشت", "مبلغ بدهکار", "گردش بدهکار", "debit", "debit amount",
        "withdrawal", "paid out",
    ),
    C.AMOUNT: ("مبلغ", "مبلغ تراکنش", "مبلغ گردش", "مبلغ عملیات", "amount", "transaction amount"),
    C.DIRECTION: (
        "نوع", "نوع تراکنش", "نوع گردش", "نوع عملیات", "واریز برداشت", "بدهکار بستانکار", "جهت", "type",
        "direction", "debit credit", "transaction type",
    ),
    C.BALANCE: (
        "مانده", "موجودی", "مانده حساب", "مانده پس از تراکنش", "مانده پس از گردش", "موجودی پس از تراکنش",
        "balance", "running balance", "balance after",
    ),
    C.DOCUMENT: ("شماره سند", "سند", "شماره مدرک", "شماره برگه", "document", "document number", "document no"),
    C.TRACKING: (
        "شماره پیگیری", "کد پیگیری", "پیگیری", "شماره ارجاع", "کد ارجاع", "شماره مرجع", "کد رهگیری",
        "شماره رهگیری", "tracking number", "tracking no", "trace number", "reference", "reference number",
        "reference no",
    ),
    C.CARD: ("شماره کارت", "کارت", "کارت مبدا", "شماره کارت مبدا", "card", "card number", "source card"),
    C.DESCRIPTION: (
        "شرح", "توضیحات", "توضیح", "شرح تراکنش", "شرح عملیات", "شرح سند", "بابت", "یادداشت", "شناسه واریز",
        "شناسه پرداخت", "واریز کننده", "نام واریز کننده", "اطلاعات تکمیلی", "description", "details", "memo",
        "note", "payer", "payment id",
    ),
}  # fmt: skip
KNOWN = {fold(word): column for column, words in _WORDS.items() for word in words}
_UNITS = {"ریال": "rial", "rial": "rial", "rials": "rial", "irr": "rial",
          "تومان": "toman", "toman": "toman", "tomans": "toman"}  # fmt: skip
_IN_UNITS = re.compile(rf"(?:\bبه )?\b(?:{'|'.join(_UNITS)})\b")
ONCE = frozenset(Column) - {C.NONE, C.DESCRIPTION}


@dataclass(frozen=True)
class Layout:
    """How a table is read: `header` is the number of its row, `columns` one meaning a column, `unit` of all amounts."""

    header: int
    columns: tuple[Column, ...]
    unit: str = "rial"

    def place(self, column: Column) -> int | None:
        return self.columns.index(column) if column in self.columns else None

    def places(self, column: Column) -> list[int]:
        return [place for place, one in enumerate(self.columns) if one is column]


def problems(columns: Sequence[Column]) -> list[str]:
    """Why nothing can be read with these columns: `date`, `amount`, `both`, `twice`. Empty when it can."""
    found = set(columns)
    moved = found & {C.CREDIT, C.DEBIT}
    rules = [
        ("date", C.DATE not in found),
        ("amount", C.AMOUNT not in found and C.CREDIT not in found),
        ("both", C.AMOUNT in found and bool(moved)),
        ("twice", any(columns.count(column) > 1 for column in ONCE)),
    ]
    return [word for word, broken in rules if broken]


def recognised(rows: Sequence[Row]) -> Layout | None:
    """The layout that the words of the header tell, if one of the first rows is a header we understand."""
    for row in rows[:ROWS_ABOVE]:
        columns = tuple(meaning(cell) for cell in row.cells)
        if not problems(columns):
            return Layout(row.number, columns, unit_of(row.cells))
    return None


def meaning(cell: str) -> Column:
    """What a column with this header is, if its words are known."""
    return KNOWN.get(_without_unit(fold(cell)), C.NONE)


def unit_of(cells: Sequence[str]) -> str:
    """The unit that the header of a column with money names; rials, where none does."""
    money = {C.CREDIT, C.DEBIT, C.AMOUNT}
    for cell in cells:
        named = _IN_UNITS.search(fold(cell))
        if named and meaning(cell) in money:
            return _UNITS[named[0].split()[-1]]
    return "rial"


def likely_header(rows: Sequence[Row]) -> Row:
    """The row a person is asked about: the first of those with most cells in words."""
    return max(rows[:ROWS_ABOVE], key=lambda row: sum(any(map(str.isalpha, cell)) for cell in row.cells))


def fingerprint(cells: Sequence[str]) -> bytes:
    """The same for every file with this header, whatever keyboard it was written with."""
    return sha256(json.dumps([fold(cell) for cell in cells], ensure_ascii=False).encode()).digest()


def _without_unit(words: str) -> str:
    return " ".join(_IN_UNITS.sub("", words).split())
