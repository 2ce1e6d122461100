"""Charts of one kind of sum: a column for each day, or a bar for each of a few things. Plain numbers for an SVG. Pure.

Everything begins where a line of text begins: on the right in Persian. Lengths are units of the drawing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from campaigns.base.money import MILLION_TOMAN, THOUSAND_TOMAN
from campaigns.web.chartscale import ceiling

WIDTH, HEIGHT = 400, 170
AXIS, ABOVE, BELOW = 34, 10, 24
"""Room for the numbers beside the columns, above them, and for the days below them."""
ROW, THICK = 34, 12
"""What one bar takes with the words above it, and the bar itself."""
HALF_A_DAY_SAID = 20


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Columns:
    """`days`: (where, day) of the days that are said; `grid`: (height, rials)."""

    boxes: list[Box]
    days: list[tuple[float, date]]
    grid: list[tuple[float, int]]
    axis_at: float
    lines: tuple[float, float]
    unit: int
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Bars:
    """One row for each thing: where its words stand, and its bar, or none where its sum is not told."""

    rows: list[tuple[float, Box | None]]
    words_at: float
    height: int
    width: int = WIDTH


def columns(sums: Mapping[date, int], *, rtl: bool) -> Columns:
    """A column for each of these days, which follow each other; sums in rials."""
    top, slot = ceiling(max(sums.values(), default=0)), (WIDTH - AXIS) / max(1, len(sums))
    floor, room = HEIGHT - BELOW, HEIGHT - BELOW - ABOVE
    boxes, said = [], []
    every = next(step for step in (1, 5, 7, 15, 30, 60, max(1, len(sums))) if len(sums) / step <= 7)
    for place, (day, rials) in enumerate(sums.items()):
        height = rials / top * room  # a length on paper, no sum of money
        width = max(slot * 0.8, slot - 3)
        x = _across(AXIS + place * slot, width, rtl)
        if rials > 0:
            boxes.append(Box(x, round(floor - height, 2), round(width, 2), round(height, 2)))
        if place % every == 0 and (len(sums) - place - 0.5) * slot >= HALF_A_DAY_SAID:
            said.append((_across(AXIS + (place + 0.5) * slot, 0, rtl), day))
    return Columns(
        boxes=boxes,
        days=said,
        grid=[(floor - room * part / 2, top * part // 2) for part in range(3)],
        axis_at=_across(AXIS / 2, 0, rtl),
        lines=(_across(AXIS, 0, rtl), _across(WIDTH, 0, rtl)),
        unit=MILLION_TOMAN if top >= 2 * MILLION_TOMAN else THOUSAND_TOMAN,
    )


def bars(sums: Sequence[int | None], *, rtl: bool) -> Bars:
    """A bar for each sum in rials, the longest as wide as the drawing."""
    top = max((rials for rials in sums if rials), default=0)
    rows: list[tuple[float, Box | None]] = []
    for place, rials in enumerate(sums):
        width = round(WIDTH * rials / top, 2) if rials else 0.0  # a length on paper, no sum of money
        box = Box(_across(0, width, rtl), place * ROW + 18, width, THICK) if width else None
        rows.append((place * ROW + 13, box))
    return Bars(rows, _across(0, 0, rtl), max(1, len(sums)) * ROW)


def _across(start: float, width: float, rtl: bool) -> float:
    return round(WIDTH - start - width if rtl else start, 2)
