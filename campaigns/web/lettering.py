"""Lines of letters on a picture: measured, broken between words, put from the side where their language begins."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import ImageDraw, ImageFont

from campaigns.base.languages import LANGUAGES

_UNDRAWN = {"So", "Sk", "Cn", "Co", "Cs"}  # emoji and the like: the font has none of them
_VARIANTS = range(0xFE00, 0xFE10)
CUT = "…"
LEADING = 1.4  # from line to line, in sizes
BELOW = 0.3  # the baseline lies so far below the middle of a line


@dataclass(frozen=True)
class Line:
    """One line: `size` in pixels, `indent` from the side it begins on, `baseline` from the top."""

    text: str
    size: int
    indent: int
    baseline: int


@dataclass(frozen=True)
class Room:
    """Where lines may stand, in pixels. `indent` is counted from the side they begin on."""

    indent: int
    width: int
    top: int
    bottom: int


class Setter:
    """Sets lines of one language with one font."""

    def __init__(self, file: Path, language: str) -> None:
        self.file = file
        self._shaping: dict[str, Any] = {"direction": LANGUAGES[language].dir, "language": language}
        self._sizes: dict[int, ImageFont.FreeTypeFont] = {}

    def width(self, text: str, size: int) -> float:
        return self._font(size).getlength(text, **self._shaping)

    def put(self, pen: ImageDraw.ImageDraw, line: Line, colour: str) -> None:
        rtl = self._shaping["direction"] == "rtl"
        across = pen.im.size[0]
        start = (across - line.indent, line.baseline) if rtl else (line.indent, line.baseline)
        font = self._font(line.size)
        pen.text(start, line.text, fill=colour, font=font, anchor="rs" if rtl else "ls", **self._shaping)

    def put_in_the_middle(self, pen: ImageDraw.ImageDraw, line: Line, colour: str) -> None:
        """`indent` is where the middle of the line stands, from the left whatever the language."""
        font = self._font(line.size)
        pen.text(
            (line.indent, line.baseline), line.text, fill=colour, font=font, anchor="ms", **self._shaping
        )

    def _font(self, size: int) -> ImageFont.FreeTypeFont:
        if size not in self._sizes:
            self._sizes[size] = ImageFont.truetype(self.file, size, layout_engine=ImageFont.Layout.RAQM)
        return self._sizes[size]


def set_in(setter: Setter, text: str, room: Room, sizes: Sequence[tuple[int, int]]) -> list[Line]:
    """The text as large as it goes: `sizes` are tried in turn, each with the most lines it may have.

    What does not fit at the last size is cut off. The lines stand in the middle of the room's height.
    """
    words = drawable(text).split()
    for size, most in sizes:
        lines = _broken(setter, words, room.width, size)
        if len(lines) <= most and all(setter.width(line, size) <= room.width for line in lines):
            break
    else:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
        lines = [cut(setter, line, room.width, size) for line in lines]
    lines = _evened(setter, lines, size)
    step = round(size * LEADING)
    first = (room.top + room.bottom - step * (len(lines) - 1)) // 2 + round(size * BELOW)
    return [Line(line, size, room.indent, first + number * step) for number, line in enumerate(lines)]


def drawable(text: str) -> str:
    """Without what the font cannot draw."""
    return "".join(
        char for char in text if unicodedata.category(char) not in _UNDRAWN and ord(char) not in _VARIANTS
    )


def cut(setter: Setter, line: str, width: float, size: int) -> str:
    """As much of a line as fits, and a sign that there was more."""
    if setter.width(line, size) <= width:
        return line
    while line and setter.width(line + CUT, size) > width:
        line = line[:-1]
    return line + CUT


def _broken(setter: Setter, words: Sequence[str], width: float, size: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and setter.width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _evened(setter: Setter, lines: list[str], size: int) -> list[str]:
    """As many lines, of nearly the same width where the words allow it: no word stands alone."""
    whole = " ".join(lines)
    for share in (1.05, 1.15, 1.3):
        evened = _broken(setter, whole.split(), share * setter.width(whole, size) / max(len(lines), 1), size)
        if len(evened) == len(lines):
            return evened
    return lines
