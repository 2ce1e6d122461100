"""Counts of people that may be published: whoever stands nearly alone in a cell is not told, nor can be computed.

A cell from one up to `LEAST - 1` is `FEW`; a sum as small as that is left out (`HIDDEN`). As sums are published too,
other counts are left out until each of these could be another number as well, whatever is added up or taken away: the
table with its sums is read as a network in which rows and columns are joined by what is not told, and a small count is
safe when it lies on a circle that can be turned by one. Readers know that a few is at least one and that a hidden cell
is not a few; both are reckoned with. Nobody at all is zero, and told. `least` is 3 or more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from heapq import heappop, heappush
from typing import Generic, TypeVar

LEAST = 5


class Untold(Enum):
    """Instead of a number. `FEW`: a cell above zero and below the least. `HIDDEN`: left out to protect such cells."""

    FEW = "few"
    HIDDEN = "hidden"


Count = int | Untold
R = TypeVar("R")
C = TypeVar("C")


@dataclass(frozen=True)
class Told(Generic[R, C]):
    """What may be published. Cells that were not given are zero, and told."""

    cells: dict[tuple[R, C], Count]
    rows: dict[R, Count]
    columns: dict[C, Count]
    total: Count

    def cell(self, row: R, column: C) -> Count:
        return self.cells.get((row, column), 0)


def suppress_list(counts: Mapping[C, int], least: int = LEAST) -> tuple[dict[C, Count], Count]:
    """The counts that may be told beside their sum, and that sum."""
    net = _Net([dict(enumerate(counts.values()))], len(counts), least, tells_columns=False)
    net.protect()
    shown = {key: net.told(0, place) for place, key in enumerate(counts)}
    return shown, net.told(0, len(counts))


def suppress_table(
    counts: Mapping[tuple[R, C], int], rows: Sequence[R], columns: Sequence[C], least: int = LEAST
) -> Told[R, C]:
    """The cells that may be told beside the sums of all rows, of all columns, and of everything."""
    net = _Net(
        [{place: counts.get((row, column), 0) for place, column in enumerate(columns)} for row in rows],
        len(columns),
        least,
    )
    net.protect()
    height, width = len(rows), len(columns)
    return Told(
        cells={
            (row, column): net.told(up, across)
            for up, row in enumerate(rows)
            for across, column in enumerate(columns)
        },
        rows={row: net.told(up, width) for up, row in enumerate(rows)},
        columns={column: net.told(height, across) for across, column in enumerate(columns)},
        total=net.told(height, width),
    )


class _Net:
    """The table with its totals as one more row and column, each entry an edge between its row and its column.

    Totals count against their line, so that every line adds up to nothing: whoever changes one entry of a line has to
    change another the other way.
    """

    def __init__(
        self, lines: list[dict[int, int]], width: int, least: int, tells_columns: bool = True
    ) -> None:
        self.height, self.width, self.least = len(lines), width, least
        self.value = {(up, across): n for up, line in enumerate(lines) for across, n in line.items()}
        self.value |= self._totals()
        self.untold = {edge for edge, n in self.value.items() if 0 < n < least}
        self.small = sorted(edge for edge in self.untold if tells_columns or edge[0] < self.height)
        if not tells_columns:
            self.untold |= {(self.height, across) for across in range(width + 1)}

    def protect(self) -> None:
        """Leaves out what makes each small count uncertain, the cheapest first. It never harms the others."""
        for edge in self.small:
            circles = [found for turn in (1, -1) if (found := self._circle(edge, turn)) is not None]
            _, left_out = min(circles, key=lambda circle: circle[0])
            self.untold |= left_out

    def told(self, up: int, across: int) -> Count:
        edge = (up, across)
        if edge not in self.untold:
            return self.value[edge]
        return Untold.FEW if self._is_few(edge) else Untold.HIDDEN

    def _totals(self) -> dict[tuple[int, int], int]:
        ups, acrosses = range(self.height), range(self.width)
        rows = {(up, self.width): sum(self.value[up, across] for across in acrosses) for up in ups}
        columns = {(self.height, across): sum(self.value[up, across] for up in ups) for across in acrosses}
        return rows | columns | {(self.height, self.width): sum(rows.values())}

    def _is_few(self, edge: tuple[int, int]) -> bool:
        return 0 < self.value[edge] < self.least and not self._is_total(edge)

    def _is_total(self, edge: tuple[int, int]) -> bool:
        return edge[0] == self.height or edge[1] == self.width

    def _against(self, edge: tuple[int, int]) -> int:
        """-1 for the total of one line, which counts against it."""
        return -1 if (edge[0] == self.height) != (edge[1] == self.width) else 1

    def _can(self, edge: tuple[int, int], by: int) -> bool:
        """Whether a reader must reckon with this entry being one more, or one less, than it is."""
        changed = self.value[edge] + by * self._against(edge)
        if self._is_total(edge):
            return changed >= 0
        if self._is_few(edge):
            return 1 <= changed < self.least
        return changed >= self.least

    def _cost(self, edge: tuple[int, int]) -> int | None:
        """What leaving this entry out takes from readers: nothing where it is out; totals are what they want most."""
        if edge in self.untold:
            return 0
        if self.value[edge] == 0:
            return None  # nobody there: a reader may know that anyway
        return self.value[edge] + (1 + self.value[self.height, self.width] if self._is_total(edge) else 0)

    def _circle(self, edge: tuple[int, int], turn: int) -> tuple[int, set[tuple[int, int]]] | None:
        """The cheapest circle on which this entry changes by `turn`, as its price and its entries; None: no such."""
        if not self._can(edge, turn):
            return None
        start, goal = ("across", edge[1]), ("up", edge[0])
        best: dict[tuple[str, int], int] = {start: 0}
        came: dict[tuple[str, int], tuple[tuple[str, int], tuple[int, int]]] = {}
        heap = [(0, start)]
        while heap:
            price, node = heappop(heap)
            if node == goal:
                return price, self._way(came, start, goal)
            if price > best[node]:
                continue
            for step, there in self._steps(node, edge):
                by = -turn if node[0] == "across" else turn
                cost = self._cost(step)
                if (
                    cost is None
                    or not self._can(step, by)
                    or price + cost >= best.get(there, price + cost + 1)
                ):
                    continue
                best[there], came[there] = price + cost, (node, step)
                heappush(heap, (price + cost, there))
        return None

    def _steps(
        self, node: tuple[str, int], without: tuple[int, int]
    ) -> Iterable[tuple[tuple[int, int], tuple[str, int]]]:
        side, place = node
        if side == "across":
            edges = (((up, place), ("up", up)) for up in range(self.height + 1))
        else:
            edges = (((place, across), ("across", across)) for across in range(self.width + 1))
        return (pair for pair in edges if pair[0] != without)

    def _way(
        self,
        came: dict[tuple[str, int], tuple[tuple[str, int], tuple[int, int]]],
        start: tuple[str, int],
        goal: tuple[str, int],
    ) -> set[tuple[int, int]]:
        edges, node = set(), goal
        while node != start:
            node, step = came[node]
            edges.add(step)
        return edges
