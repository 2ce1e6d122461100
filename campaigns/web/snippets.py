"""What snippets say of a matter: full addresses in the language asked for, its title, its look."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from campaigns.base.languages import DEFAULT, LANGUAGES
from campaigns.themes import THEMES
from campaigns.web.locale import language
from campaigns.web.looks import MODES, Look
from campaigns.web.matters import Matter
from campaigns.web.render import absolute
from campaigns.widgets.plug import Subject

WIDTHS = (0, 280, 360, 480, 728)
"""How wide a frame may become; 0: as wide as its kind fits."""


@dataclass(frozen=True)
class Wish:
    """How somebody wants a widget: theme (empty: its own), mode, language, width."""

    theme: str = ""
    mode: str = "auto"
    language: str = DEFAULT
    width: int = 0


def asked_wish(languages: Sequence[str]) -> Wish:
    """The wish in the address (`t`, `m`, `l`, `w`), in one of these languages. What is unknown falls back."""
    theme, mode, code = (request.args.get(name, "") for name in ("t", "m", "l"))
    width = request.args.get("w", "")
    here = language().code
    return Wish(
        theme if theme in THEMES else "",
        mode if mode in MODES else "auto",
        next((known for known in (code, here) if known in languages), DEFAULT),
        next((points for points in WIDTHS if str(points) == width), 0),
    )


def subject_of(matter: Matter, wish: Wish, *, full: bool = True) -> Subject:
    """What snippets need of this matter, which was made in the wish's language. `full`: with the name of the site; else
    paths, for our own pages.
    """
    page, embed = (in_language(path, wish.language) for path in (matter.page, matter.embed))
    look = Look(wish.theme, wish.mode) if wish.theme else Look(matter.theme, wish.mode, matter.accent)
    return Subject(
        page_url=absolute(page) if full else page,
        embed_url=absolute(embed) if full else embed,
        title=matter.title,
        language=wish.language,
        dir=LANGUAGES[wish.language].dir,
        theme=wish.theme,
        mode=wish.mode,
        about=matter.about,
        width=wish.width,
        ground=look.colours["brand"],
        ink=look.colours["on_brand"],
    )


def in_language(path: str, code: str) -> str:
    """This path of ours, made under the language of the page, under another language."""
    prefix = LANGUAGES[code].prefix
    return f"{f'/{prefix}' if prefix else ''}{path.removeprefix(request.script_root)}"
