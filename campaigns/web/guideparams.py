"""What may be said in the addresses of the ways in, as rows of tables in their documentation."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from campaigns.base.languages import LANGUAGES
from campaigns.domain.campaigns.topics import Topic
from campaigns.themes import THEMES
from campaigns.web.snippets import WIDTHS
from campaigns.widgets import FRAMES, FRAMES_OF_MANY, PICTURES


@dataclass(frozen=True)
class Param:
    """`name` and `values` are code; `says` is what it means."""

    name: str
    values: str
    says: LazyString


def _words(names: object) -> str:
    return ", ".join(map(str, names))  # type: ignore[call-overload]


THEME = Param("t", _words(THEMES), _l("The theme. Without it the campaign's own."))
MODE = Param(
    "m",
    "light, dark, auto",
    _l(
        "Light or dark. “auto”, which is usual, follows the reader in a frame; a picture by itself is"
        " light then."
    ),
)
FIT = Param(
    "fit", "1", _l("As high as its content, and tells the page around how high. Our element adds it.")
)
LANGUAGE = Param(
    "/en/…",
    _words(item.prefix or code for code, item in LANGUAGES.items()),
    _l("The language stands at the beginning of the path. Persian has no prefix."),
)
WIDTH = Param(
    "w",
    _words(points for points in WIDTHS if points),
    _l("In the workshop: how wide a frame may become at most. It goes to “max-width” of the snippet."),
)
PICTURE = Param(
    "kind",
    f"{_words(f'{name}.svg, {name}.png' for name in PICTURES)}, card.png",
    _l(
        "The last part of the path: which picture, in which format. A PNG has twice as many dots as "
        "its size, the card as many."
    ),
)
WHOSE = Param(
    "/e/…",
    "/e/dowry, /e/sets/dowry+school, /e/organizations/nikookari, /e/provinces/IR-08",
    _l(
        "The beginning of the path: what is shown. One campaign, several of your choice, or the open ones of an "
        "organization or a province. The amount form is there for one campaign, the grid for several."
    ),
)
FRAME = Param(
    "kind", _words(dict(FRAMES | FRAMES_OF_MANY)), _l("The last part of the path: what the frame shows.")
)
ELEMENT = (
    Param("kind", _words(FRAMES | FRAMES_OF_MANY), _l("What is shown. Without it the card.")),
    Param("theme", _words(THEMES), _l("The theme. Without it the campaign's own.")),
    Param("mode", "light, dark, auto", _l("Light or dark. “auto”, which is usual, follows the reader.")),
)
OEMBED = (
    Param("url", "/c/…, /en/c/…", _l("The full address of a campaign, in the language of the card.")),
    Param("maxwidth", "≥ 280", _l("How wide it may be, in points. Below 280 there is nothing that fits.")),
    Param("maxheight", "≥ 90", _l("How high it may be. A low frame is a bar instead of the card.")),
    Param("format", "json", _l("Other formats are answered with 501.")),
)
CODES = (
    Param("qr.svg", "", _l("For print: sharp in every size.")),
    Param("qr.png", "", _l("For everything else.")),
)
POSTERS = (
    Param("poster-a4.pdf", "210 × 297", _l("For a wall.")),
    Param("poster-a5.pdf", "148.5 × 210", _l("For a counter, or as a handbill.")),
)
API = (
    Param("province", "IR-08, …", _l("The code of a province.")),
    Param("topic", _words(Topic), _l("What a campaign is about.")),
    Param("state", "open, reached, ended, all", _l("Which campaigns; usually the open ones.")),
    Param("q", "", _l("Words of title and text, in any spelling.")),
    Param("page", "1, 2, …", _l("Twelve campaigns are on a page.")),
)
