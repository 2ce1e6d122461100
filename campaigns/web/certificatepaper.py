"""A certificate of thanks as a page of PDF: A4 across."""

from dataclasses import dataclass
from datetime import datetime

from campaigns.web.paper import Fonts
from campaigns.web.sheet import Sheet

WIDTH, HEIGHT, EDGE = 297.0, 210.0, 12.0  # millimetres
TEXT_WIDTH, TEXT_HEIGHT = 200.0, 42.0
QR_SIDE = 26.0


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


class _Paper(Sheet):
    def __init__(self, words: Words, fonts: Fonts) -> None:
        size = (HEIGHT, WIDTH)
        super().__init__(
            fonts, words.language, words.theme, words.issued_at, size=size, orientation="landscape"
        )
        self.words = words
        self.set_title(words.title)
        self.set_author(words.house)

    def drawn(self) -> bytearray:
        self.add_page()
        self._frame()
        self.star(WIDTH / 2, 36, 18, "brand")
        self.centred(50, self.words.house, "plain", 15, "ink-2")
        self.centred(62, self.words.title, "bold", 34, "brand-ink")
        self.block(88, self.words.text, TEXT_WIDTH, TEXT_HEIGHT, (18, 16, 14, 12))
        self.centred(132, self.words.issued, "plain", 14, "ink-2")
        self._foot()
        return self.output()

    def _frame(self) -> None:
        self.set_fill_color(self.rgb("bg"))
        self.rect(0, 0, WIDTH, HEIGHT, style="F")
        for inset, width, colour in ((EDGE, 1.2, "brand"), (EDGE + 3, 0.3, "accent")):
            self.set_draw_color(self.rgb(colour))
            self.set_line_width(width)
            self.rect(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset)
        for x in (EDGE + 3, WIDTH - EDGE - 3):
            for y in (EDGE + 3, HEIGHT - EDGE - 3):
                self.star(x, y, 9, "accent")

    def _foot(self) -> None:
        """Code, address and square code, in the middle, each on a line of its own: nothing to put in order."""
        self.square_code(self.words.link, WIDTH / 2 - QR_SIDE / 2, 143, QR_SIDE)
        self.centred(171, f"{self.words.code_label}:", "plain", 11, "ink-2")
        self.centred(176.5, self.words.code, "bold", 14, "ink", dir="ltr")
        self.centred(183, self.words.note, "plain", 10, "ink-2")
        self.centred(188, self.words.link, "plain", 10, "ink-2", dir="ltr")
