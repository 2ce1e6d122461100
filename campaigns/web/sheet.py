"""A sheet of PDF in the colours of a theme, with letters joined and lines put in order by HarfBuzz.

The letters stay letters, so the paper can be searched and printed at any size. Only what it uses of the font is in it.
"""

from datetime import datetime
from typing import Literal

import segno
from fpdf import FPDF
from fpdf.enums import Align

from campaigns.base.languages import LANGUAGES
from campaigns.themes import tokens
from campaigns.web.paper import Fonts

SCRIPTS = {"rtl": "arab", "ltr": "latn"}
_STAR = (
    (20, 2), (25.3, 9.3), (34.2, 7.8), (32.7, 16.7), (40, 22), (32.7, 27.3), (34.2, 36.2), (25.3, 34.7),
    (20, 42), (14.7, 34.7), (5.8, 36.2), (7.3, 27.3), (0, 22), (7.3, 16.7), (5.8, 7.8), (14.7, 9.3),
)  # fmt: skip


class Sheet(FPDF):
    """One page. Lengths are millimetres, sizes of letters points. The same words make the same bytes."""

    def __init__(
        self,
        fonts: Fonts,
        language: str,
        theme: str,
        made_at: datetime,
        *,
        size: tuple[float, float],
        orientation: Literal["portrait", "landscape"] = "portrait",
    ) -> None:
        super().__init__(orientation=orientation, format=size)
        self.language, self.colours = language, tokens(theme, "light")
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.add_font("plain", fname=fonts.plain)
        self.add_font("bold", fname=fonts.bold)
        self.set_lang(language)
        self.set_creation_date(made_at)

    def centred(self, top: float, text: str, font: str, size: float, colour: str, dir: str = "") -> None:
        """In the middle of the page, on one line."""
        self.write_with(font, size, colour, dir)
        self.set_xy(0, top)
        self.cell(self.w, size / 2, text, align=Align.C)

    def block(
        self,
        top: float,
        text: str,
        width: float,
        height: float,
        sizes: tuple[float, ...],
        *,
        font: str = "plain",
        colour: str = "ink",
        leading: float = 0.68,
    ) -> float:
        """In the middle, at the first of these sizes that fits in the height. Returns where it ends."""
        for size in sizes:
            self.write_with(font, size, colour)
            lines = self.multi_cell(width, size * leading, text, align=Align.C, dry_run=True, output="LINES")
            if len(lines) * size * leading <= height:
                break
        self.set_xy((self.w - width) / 2, top)
        self.multi_cell(width, size * leading, text, align=Align.C)
        return top + len(lines) * size * leading

    def write_with(self, font: str, size: float, colour: str, dir: str = "") -> None:
        direction = dir or LANGUAGES[self.language].dir
        self.set_text_shaping(
            use_shaping_engine=True,
            direction=direction,
            script=SCRIPTS[direction],
            language=self.language,
        )
        self.set_font(font, size=size)
        self.set_text_color(self.rgb(colour))

    def square_code(self, link: str, x: float, y: float, side: float) -> None:
        """The QR code of a link."""
        rows = [list(row) for row in segno.make(link, error="m").matrix]
        step = side / len(rows)
        self.set_fill_color(self.rgb("ink"))
        for down, row in enumerate(rows):
            for across, dark in enumerate(row):
                if dark:
                    self.rect(x + across * step, y + down * step, step, step, style="F")

    def star(self, x: float, y: float, across: float, colour: str) -> None:
        scale = across / 40
        self.set_fill_color(self.rgb(colour))
        self.polygon([(x + (a - 20) * scale, y + (b - 22) * scale) for a, b in _STAR], style="F")

    def rgb(self, colour: str) -> tuple[int, int, int]:
        value = self.colours[f"--c-{colour}"].lstrip("#")
        return int(value[0:2], 16), int(value[2:4], 16), int(value[4:6], 16)
