"""Rows of a table as lines of an account: what came in and what went out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from campaigns.base.clock import now
from campaigns.base.search import fold
from campaigns.domain.statements import cells
from campaigns.domain.statements.columns import Column, Layout
from campaigns.domain.statements.table import Row

C = Column
A_DAY = timedelta(days=1)
IN = frozenset(map(fold, ("واریز", "بستانکار", "واریزی", "بس", "credit", "deposit", "in", "cr", "c")))
OUT = frozenset(map(fold, ("برداشت", "بدهکار", "برداشتی", "بد", "debit", "withdrawal", "out", "dr", "d")))
LONGEST_DESCRIPTION, LONGEST_NUMBER = 500, 40


class Line(NamedTuple):
    """One movement. `rials` above zero came in, below zero went out. Nothing told is "" or None."""

    row: int
    booked_at: datetime
    has_time: bool
    rials: int
    balance_rials: int | None
    document: str
    tracking: str
    last4: str
    description: str


class Problem(NamedTuple):
    """Why a row is no line: `date`, `future`, `amount`, `balance`, `direction`, `both`; and the cell."""

    row: int
    why: str
    cell: str


@dataclass
class Reading:
    """A whole table as it is understood. `left_out`: rows that move nothing (`nothing`) or add up others (`sum`)."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)

    @property
    def came_rials(self) -> int:
        return sum(line.rials for line in self.lines if line.rials > 0)

    @property
    def went_rials(self) -> int:
        return -sum(line.rials for line in self.lines if line.rials < 0)


class _Stumble(Exception):
    def __init__(self, why: str, cell: str = "") -> None:
        super().__init__(why)
        self.why, self.cell = why, cell


def understood(rows: Sequence[Row], layout: Layout) -> Reading:
    """Every row below the header as a line, a problem, or left out."""
    reading = Reading()
    header = next((row.cells for row in rows if row.number == layout.header), ())
    for row in rows:
        if row.number <= layout.header or row.cells == header:  # some banks write it on every page
            continue
        try:
            line = _line(row, layout)
        except _Stumble as stumble:
            is_left = stumble.why in {"nothing", "sum"}
            (reading.left_out if is_left else reading.problems).append(
                Problem(row.number, stumble.why, stumble.cell)
            )
        else:
            reading.lines.append(line)
    return reading


def _line(row: Row, layout: Layout) -> Line:
    rials = _moved(row, layout)
    booked_at, has_time = _moment(row, layout)
    told = " ".join(filter(None, (row.cell(place) for place in layout.places(C.DESCRIPTION))))
    balance = _told(row, layout, C.BALANCE)
    return Line(
        row.number,
        booked_at,
        has_time,
        rials,
        _rials(balance, layout, "balance") if balance else None,
        _number(_told(row, layout, C.DOCUMENT)),
        _number(_told(row, layout, C.TRACKING)),
        cells.last4(_told(row, layout, C.CARD), told),
        cells.masked(told)[:LONGEST_DESCRIPTION],
    )


def _told(row: Row, layout: Layout, column: Column) -> str:
    place = layout.place(column)
    return "" if place is None else row.cell(place)


def _moved(row: Row, layout: Layout) -> int:
    if C.AMOUNT in layout.columns:
        rials = _directed(row, layout)
    else:
        credit = _rials(_told(row, layout, C.CREDIT), layout)
        debit = abs(_rials(_told(row, layout, C.DEBIT), layout))
        if credit and debit:
            raise _Stumble("both" if _told(row, layout, C.DATE) else "sum")
        rials = credit - debit
    if not rials:
        raise _Stumble("nothing")
    return rials


def _directed(row: Row, layout: Layout) -> int:
    rials = _rials(_told(row, layout, C.AMOUNT), layout)
    if C.DIRECTION not in layout.columns or not rials:
        return rials
    cell = _told(row, layout, C.DIRECTION)
    words = set(fold(cell).split())
    if bool(words & IN) == bool(words & OUT) and cell.strip() not in {"+", "-"}:
        raise _Stumble("direction" if _told(row, layout, C.DATE) else "sum", cell)
    came = cell.strip() == "+" or bool(words & IN)
    return abs(rials) if came else -abs(rials)


def _moment(row: Row, layout: Layout) -> tuple[datetime, bool]:
    day = _told(row, layout, C.DATE)
    if not day:
        raise _Stumble("sum" if _adds_up(row) else "date")
    try:
        booked_at, has_time = cells.moment(day, _told(row, layout, C.TIME))
    except cells.BadCell as bad:
        raise _Stumble("sum" if _adds_up(row) else "date", str(bad)) from None
    if booked_at > now() + A_DAY:
        raise _Stumble("future", day)
    return booked_at, has_time


def _adds_up(row: Row) -> bool:
    return any(fold(cell).startswith(("جمع", "مجموع", "total", "sum")) for cell in row.cells)


def _rials(cell: str, layout: Layout, why: str = "amount") -> int:
    try:
        return cells.rials(cell, layout.unit)
    except cells.BadCell:
        raise _Stumble(why, cell) from None


def _number(cell: str) -> str:
    """A number of a bank without the marks that come and go between its exports."""
    return fold(cell, "").replace(" ", "").upper()[:LONGEST_NUMBER]
