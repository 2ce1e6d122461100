"""A certificate of thanks as a page of PDF: A4 across, with letters joined and lines put in order by HarfBuzz.

The letters stay letters, so the paper can be searched and printed at any size. Only what it uses of the font is in it.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import segno
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

from campaigns.base.languages import LANGUAGES
from campaigns.themes import tokens

WIDTH, HEIGHT, EDGE = 297.0, 210.0, 12.0  # millimetres
TEXT_WIDTH = 200.0
QR_SIDE = 26.0
SCRIPTS = {"rtl": "arab", "ltr": "latn"}
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
    """What the paper says, in `language`. `link` confirms it, `code` is that of the link for the eye."""

    language: str
    theme: str
    house: str
    title: str
    text: str
    issued: str
    issued_at: datetime
    code_label: str
    code: str
    link: str
    note: str


def draw(words: Words, fonts: Fonts) -> bytes:
    """The page. The same words make the same bytes."""
    return bytes(_Paper(words, fonts).drawn())


class _Paper(FPDF):
    def __init__(self, words: Words, fonts: Fonts) -> None:
        super().__init__(orientation="landscape", format="A4")
        self.words, self.colours = words, tokens(words.theme, "light")
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.add_font("plain", fname=fonts.plain)
        self.add_font("bold", fname=fonts.bold)
        self.set_title(words.title)
        self.set_author(words.house)
        self.set_lang(words.language)
        self.set_creation_date(words.issued_at)

    def drawn(self) -> bytearray:
        self.add_page()
        self._frame()
        self._star(WIDTH / 2, 36, 18, "brand")
        self._line(50, self.words.house, "plain", 15, "ink-2")
        self._line(62, self.words.title, "bold", 34, "brand-ink")
        self._paragraph(88, self.words.text)
        self._line(132, self.words.issued, "plain", 14, "ink-2")
        self._foot()
        return self.output()

    def _frame(self) -> None:
        self.set_fill_color(self._rgb("bg"))
        self.rect(0, 0, WIDTH, HEIGHT, style="F")
        for inset, width, colour in ((EDGE, 1.2, "brand"), (EDGE + 3, 0.3, "accent")):
            self.set_draw_color(self._rgb(colour))
            self.set_line_width(width)
            self.rect(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset)
        for x in (EDGE + 3, WIDTH - EDGE - 3):
            for y in (EDGE + 3, HEIGHT - EDGE - 3):
                self._star(x, y, 9, "accent")

    def _foot(self) -> None:
        """Code, address and square code, in the middle, each on a line of its own: nothing to put in order."""
        self._qr(WIDTH / 2 - QR_SIDE / 2, 143)
        self._line(171, f"{self.words.code_label}:", "plain", 11, "ink-2")
        self._line(176.5, self.words.code, "bold", 14, "ink", dir="ltr")
        self._line(183, self.words.note, "plain", 10, "ink-2")
        self._line(188, self.words.link, "plain", 10, "ink-2", dir="ltr")

    def _line(self, top: float, text: str, font: str, size: int, colour: str, dir: str = "") -> None:
        self._write_with(font, size, colour, dir)
        self.set_xy(0, top)
        self.cell(WIDTH, size / 2, text, align=Align.C)

    def _paragraph(self, top: float, text: str) -> None:
        """Smaller where it is long, so that it never reaches what stands below."""
        for size in (18, 16, 14, 12):
            self._write_with("plain", size, "ink")
            lines = self.multi_cell(
                TEXT_WIDTH, size * 0.68, text, align=Align.C, dry_run=True, output="LINES"
            )
            if len(lines) * size * 0.68 <= 42:
                break
        self.set_xy((WIDTH - TEXT_WIDTH) / 2, top)
        self.multi_cell(TEXT_WIDTH, size * 0.68, text, align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _write_with(self, font: str, size: int, colour: str, dir: str = "") -> None:
        direction = dir or LANGUAGES[self.words.language].dir
        self.set_text_shaping(
            use_shaping_engine=True,
            direction=direction,
            script=SCRIPTS[direction],
            language=self.words.language,
        )
        self.set_font(font, size=size)
        self.set_text_color(self._rgb(colour))

    def _qr(self, x: float, y: float) -> None:
        rows = [list(row) for row in segno.make(self.words.link, error="m").matrix]
        step = QR_SIDE / len(rows)
        self.set_fill_color(self._rgb("ink"))
        for down, row in enumerate(rows):
            for across, dark in enumerate(row):
                if dark:
                    self.rect(x + across * step, y + down * step, step, step, style="F")

    def _star(self, x: float, y: float, across: float, colour: str) -> None:
        scale = across / 40
        self.set_fill_color(self._rgb(colour))
        self.polygon([(x + (a - 20) * scale, y + (b - 22) * scale) for a, b in _STAR], style="F")

    def _rgb(self, colour: str) -> tuple[int, int, int]:
        value = self.colours[f"--c-{colour}"].lstrip("#")
        return int(value[0:2], 16), int(value[2:4], 16), int(value[4:6], 16)
