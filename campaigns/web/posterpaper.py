"""A campaign as a poster for a wall: one sheet of PDF, A4 or A5, with its square code large enough for a camera."""

from dataclasses import dataclass
from datetime import datetime

from campaigns.web.paper import A4, SIZES, Fonts
from campaigns.web.sheet import Sheet

EDGE, BAND, TILE = 16.0, 8.0, 8.0  # millimetres of an A4, as everything below; smaller in proportion on A5
TEXT_WIDTH = 210.0 - 2 * EDGE
QR_SIDE = 78.0


@dataclass(frozen=True)
class Words:
    """What the poster says, in `language`. Nothing on it grows old: no sum, no number of days."""

    language: str
    theme: str
    house: str
    title: str
    lead: str
    price: str
    call: str
    link: str
    phone: str
    phone_label: str
    small: str
    changed_at: datetime


def draw(words: Words, fonts: Fonts, size: str) -> bytes:
    """The sheet (`size`: a key of SIZES). The same words make the same bytes."""
    return bytes(_Poster(words, fonts, size).drawn())


class _Poster(Sheet):
    def __init__(self, words: Words, fonts: Fonts, size: str) -> None:
        super().__init__(fonts, words.language, words.theme, words.changed_at, size=SIZES[size])
        self.words, self.scale = words, SIZES[size][0] / A4[0]
        self.set_title(words.title)
        self.set_author(words.house)

    def drawn(self) -> bytearray:
        words = self.words
        self.add_page()
        self._ground()
        self._centred(26, words.house, "plain", 17, "ink-2")
        self._block(40, words.title, 52, (44, 38, 32, 28, 24), "bold", "brand-ink", 0.48)
        self._block(96, words.lead, 44, (18, 16, 14, 12), "plain", "ink", 0.66)
        self._block(144, words.price, 18, (20, 17, 14), "bold", "ink", 0.55)
        self._code(166)
        self._centred(252, words.call, "bold", 19, "brand-ink")
        self._centred(263, words.link, "plain", 15, "ink", "ltr")
        self._foot()
        return self.output()

    def _ground(self) -> None:
        self.set_fill_color(self.rgb("bg"))
        self.rect(0, 0, self.w, self.h, style="F")
        self.set_fill_color(self.rgb("brand"))
        self.rect(0, 0, self.w, BAND * self.scale, style="F")
        for number in range(int(A4[0] // TILE) + 1):
            middle = (number + 0.5) * TILE
            self._lozenge(middle, TILE / 2, "tint-2")
            self._lozenge(middle, TILE / 4, "accent")

    def _lozenge(self, x: float, half: float, colour: str) -> None:
        """A piece of the khatam band, as on the pages."""
        y = BAND / 2
        corners = ((x - half, y), (x, y - half / 2), (x + half, y), (x, y + half / 2))
        self.set_fill_color(self.rgb(colour))
        self.polygon([(a * self.scale, b * self.scale) for a, b in corners], style="F")

    def _code(self, top: float) -> None:
        """On white, with the quiet border that cameras need."""
        side, border = QR_SIDE * self.scale, 4 * self.scale
        x, y = (self.w - side) / 2, top * self.scale
        self.set_fill_color(255, 255, 255)
        self.rect(x - border, y - border, side + 2 * border, side + 2 * border, style="F")
        self.square_code(self.words.link, x, y, side)

    def _foot(self) -> None:
        """The number is a line of its own: nothing has to be put in order."""
        if self.words.phone:
            self._centred(272, f"{self.words.phone_label}:", "plain", 11, "ink-2")
            self._centred(277.5, self.words.phone, "plain", 13, "ink", "ltr")
        self._centred(286, self.words.small, "plain", 10, "ink-2")

    def _centred(
        self, top: float, text: str, font: str, size: float, colour: str, direction: str = ""
    ) -> None:
        self.centred(top * self.scale, text, font, size * self.scale, colour, direction)

    def _block(
        self,
        top: float,
        text: str,
        height: float,
        sizes: tuple[float, ...],
        font: str,
        colour: str,
        leading: float,
    ) -> None:
        k = self.scale
        fitted = tuple(size * k for size in sizes)
        self.block(
            top * k, text, TEXT_WIDTH * k, height * k, fitted, font=font, colour=colour, leading=leading
        )
