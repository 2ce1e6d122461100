"""A file of a bank as a table of texts, and how much of one is read."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from campaigns.base.text import clean
from campaigns.domain.statements.errors import Unreadable

MOST_ROWS = 5_000
MOST_COLUMNS = 40
LONGEST_CELL = 500


class Row(NamedTuple):
    """A row with something in it. `number` counts from 1, empty rows too, as a spreadsheet shows it."""

    number: int
    cells: tuple[str, ...]

    def cell(self, place: int) -> str:
        """What stands in a column; nothing where the row is shorter."""
        return self.cells[place] if place < len(self.cells) else ""


def rows_of(lists: Iterable[Iterable[str]]) -> list[Row]:
    """Cleaned rows without the empty ones. Raises `Unreadable` (`rows`, `empty`)."""
    rows = list(_rows(lists))
    if not rows:
        raise Unreadable("empty")
    return rows


def _rows(lists: Iterable[Iterable[str]]) -> Iterator[Row]:
    for number, texts in enumerate(lists, 1):
        if number > MOST_ROWS:
            raise Unreadable("rows")
        cells = [clean(text[:LONGEST_CELL]) if text else "" for text in list(texts)[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield Row(number, tuple(cells))
