"""Where the bars of a chart of days stand: plain numbers for an SVG, in the direction of the page. Pure.

The first day stands where a line of text begins: on the right in Persian. Lengths are units of the drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campaigns.base.money import MILLION_TOMAN, THOUSAND_TOMAN
from campaigns.domain.insights.daily_money import Bar
from campaigns.web.chartscale import ceiling

WIDTH, HEIGHT = 400, 190
AXIS, ABOVE, BELOW = 34, 10, 24
"""Room for the numbers beside the bars, above them, and for the days below them."""
HALF_A_DAY_SAID = 20
"""A day is said across its mark: so close to the end it would leave the drawing."""
STATES = ("settled", "pending", "refunded")


@dataclass(frozen=True)
class Piece:
    """A rectangle of a bar."""

    state: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Mark:
    """A line of the grid with its number, or a day below the bars."""

    at: float
    value: int | date


@dataclass(frozen=True)
class Drawing:
    pieces: list[Piece]
    days: list[Mark]
    grid: list[Mark]
    axis_at: float
    lines: tuple[float, float]
    unit: int

    width = WIDTH
    height = HEIGHT


def drawing(bars: Sequence[Bar], first: date, last: date, *, rtl: bool, most: int = 0) -> Drawing:
    """The bars of these days. `most`: the largest sum of all charts that are to have one scale, in rials."""
    top = ceiling(max([most, *(bar.whole for bar in bars)], default=0))
    number = (last - first).days + 1
    slot = (WIDTH - AXIS) / number
    floor, room = HEIGHT - BELOW, HEIGHT - BELOW - ABOVE

    def across(start: float, width: float = 0.0) -> float:
        return round(WIDTH - start - width if rtl else start, 2)

    pieces = []
    for bar in bars:
        begin, width = AXIS + (bar.day - first).days * slot, max(slot * 0.8, slot - 3)
        level = float(floor)
        for state in STATES:
            height = getattr(bar, state) / top * room  # a length on paper, no sum of money
            if height > 0:
                level -= height
                pieces.append(
                    Piece(state, across(begin, width), round(level, 2), round(width, 2), round(height, 2))
                )
    every = next(step for step in (1, 5, 7, 15, 30, 60, number) if number / step <= 7)
    days = [
        Mark(across(AXIS + (place + 0.5) * slot), first + timedelta(days=place))
        for place in range(0, number, every)
        if (number - place - 0.5) * slot >= HALF_A_DAY_SAID
    ]
    grid = [Mark(floor - room * part / 2, top * part // 2) for part in range(3)]
    unit = MILLION_TOMAN if top >= 2 * MILLION_TOMAN else THOUSAND_TOMAN
    return Drawing(pieces, days, grid, across(AXIS / 2), (across(AXIS), across(WIDTH)), unit)
