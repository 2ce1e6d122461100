"""The picture messengers show beside a link: a title, a bar, one line, in the colours of a theme.

Letters are joined and put in order by Raqm. Pillow brings it along, but not FriBiDi, which it looks for on the
machine (`libfribidi0` on Debian): where that is missing, no picture is better than broken words.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from PIL import Image, ImageDraw, features

from campaigns.base.languages import LANGUAGES
from campaigns.themes import tokens
from campaigns.web.lettering import Line, Room, Setter, cut, drawable, set_in

Mode = Literal["light", "dark"]
SIZE = WIDTH, HEIGHT = 1200, 630  # what messengers ask for
EDGE = 72
TITLE_SIZES = ((88, 1), (84, 2), (72, 2), (58, 3), (50, 3))  # with how many lines each may have
COLOURS = 64
KEPT = 256  # pictures of one process, a few tens of kilobytes each at most
_FINE = 2  # shapes are drawn larger and made smaller, so that their edges are smooth
_BAND, _TILE = 20, 40
_BAR = (430, 466)
_STAR = (
    (20, 2), (25.3, 9.3), (34.2, 7.8), (32.7, 16.7), (40, 22), (32.7, 27.3), (34.2, 36.2), (25.3, 34.7),
    (20, 42), (14.7, 34.7), (5.8, 36.2), (7.3, 27.3), (0, 22), (7.3, 16.7), (5.8, 7.8), (14.7, 9.3),
)  # fmt: skip


@dataclass(frozen=True)
class Fonts:
    """Files of the font, for words and for titles."""

    plain: Path
    bold: Path


@dataclass(frozen=True)
class Words:
    """What a picture says. `percent` fills the bar (above 100 it is full); None: there is no bar."""

    house: str
    title: str
    title_language: str
    line: str
    language: str
    theme: str
    percent: int | None = None
    mode: Mode = "light"


def can_draw() -> bool:
    """Whether this machine joins Persian letters."""
    return bool(features.check("raqm"))


@lru_cache(maxsize=KEPT)
def draw(words: Words, fonts: Fonts) -> bytes:
    """The picture as PNG. The same words are drawn once in a process."""
    return _packed(_painted(words, fonts))


@lru_cache(maxsize=KEPT)
def draw_small(words: Words, fonts: Fonts) -> bytes:
    """As `draw`, of half the width and height: a card to stand in other pages."""
    return _packed(_painted(words, fonts).reduce(2))


def _painted(words: Words, fonts: Fonts) -> Image.Image:
    colours = tokens(words.theme, words.mode)
    picture = _Shapes(words, colours).drawn()
    pen = ImageDraw.Draw(picture)
    plain, bold = Setter(fonts.plain, words.language), Setter(fonts.bold, words.title_language)
    house = cut(plain, drawable(words.house), WIDTH - 2 * EDGE - 76, 38)
    plain.put(pen, Line(house, 38, EDGE + 76, 108), colours["--c-brand-ink"])
    for line in set_in(bold, words.title, _room(words), TITLE_SIZES):
        bold.put(pen, line, colours["--c-ink"])
    last = cut(plain, words.line, WIDTH - 2 * EDGE, 46)
    plain.put(pen, Line(last, 46, EDGE, 548), colours["--c-ink"])
    return picture


def _packed(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    few = picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(out, "PNG")
    return out.getvalue()


def _room(words: Words) -> Room:
    """Where the title stands: between the name of the house and the bar, or the line."""
    return Room(EDGE, WIDTH - 2 * EDGE, 142, 470 if words.percent is None else 412)


class _Shapes:
    """Everything but letters. `x` is counted from the side where the language of the picture begins."""

    def __init__(self, words: Words, colours: dict[str, str]) -> None:
        self.words, self.colours = words, colours
        self.mirrored = LANGUAGES[words.language].dir == "rtl"
        self.picture = Image.new("RGB", (WIDTH * _FINE, HEIGHT * _FINE), colours["--c-bg"])
        self.pen = ImageDraw.Draw(self.picture)

    def drawn(self) -> Image.Image:
        self._star(WIDTH - 150, HEIGHT - 110, 520, "tint")
        self._star(EDGE + 28, 94, 56, "brand")
        self._band()
        if self.words.percent is not None:
            self._bar(self.words.percent)
        return self.picture.reduce(_FINE)

    def _band(self) -> None:
        """Khatam, as on the pages."""
        self.pen.rectangle((0, 0, WIDTH * _FINE, _BAND * _FINE - 1), fill=self.colours["--c-brand"])
        middle = _BAND // 2
        for x in range(_TILE // 2, WIDTH, _TILE):
            for half, colour in ((_TILE // 2, "tint-2"), (_TILE // 4, "accent")):
                corners = (
                    (x - half, middle),
                    (x, middle - half // 2),
                    (x + half, middle),
                    (x, middle + half // 2),
                )
                self._polygon(corners, colour)

    def _bar(self, percent: int) -> None:
        whole = WIDTH - 2 * EDGE
        self._rounded(whole, "track")
        if percent > 0:
            self._rounded(max(whole * min(percent, 100) // 100, _BAR[1] - _BAR[0]), "fill")

    def _rounded(self, length: int, colour: str) -> None:
        ends = sorted(self._at(x, 0)[0] for x in (EDGE, EDGE + length))
        box = (ends[0], _BAR[0] * _FINE, ends[1] - 1, _BAR[1] * _FINE - 1)
        radius = (_BAR[1] - _BAR[0]) * _FINE // 2
        self.pen.rounded_rectangle(box, radius, fill=self.colours[f"--c-{colour}"])

    def _star(self, x: int, y: int, across: int, colour: str) -> None:
        scale = across / 40
        self._polygon([(x + (a - 20) * scale, y + (b - 22) * scale) for a, b in _STAR], colour)

    def _polygon(self, corners: Iterable[tuple[float, float]], colour: str) -> None:
        self.pen.polygon([self._at(x, y) for x, y in corners], fill=self.colours[f"--c-{colour}"])

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return (WIDTH - x if self.mirrored else x) * _FINE, y * _FINE
