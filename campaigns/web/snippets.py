"""What snippets say of a campaign or a place: full addresses in the language asked for, its title, its look."""

from dataclasses import dataclass

from flask import request, url_for

from campaigns.base.languages import LANGUAGES
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.insights.portal import cards_of
from campaigns.themes import THEMES
from campaigns.web.locale import language
from campaigns.web.looks import MODES, Look
from campaigns.web.render import absolute
from campaigns.widgets.plug import Subject

WIDTHS = (0, 280, 360, 480, 728)
"""How wide a frame may become; 0: as wide as its kind fits."""


@dataclass(frozen=True)
class Wish:
    """How somebody wants a widget: theme (empty: the campaign's own), mode, language, width."""

    theme: str = ""
    mode: str = "auto"
    language: str = ""
    width: int = 0


def asked_wish() -> Wish:
    """The wish in the address (`t`, `m`, `l`, `w`). What is unknown falls back."""
    theme, mode, code = (request.args.get(name, "") for name in ("t", "m", "l"))
    width = request.args.get("w", "")
    return Wish(
        theme if theme in THEMES else "",
        mode if mode in MODES else "auto",
        code if code in LANGUAGES else language().code,
        next((points for points in WIDTHS if str(points) == width), 0),
    )


def subject_of(campaign: Campaign, wish: Wish, *, full: bool = True) -> Subject:
    """What snippets need of this campaign. `full`: with the name of the site; else paths, for our own pages."""
    code = wish.language or language().code
    card = cards_of([campaign.id], code)[campaign.id]
    page = in_language(url_for("site.campaign.show", slug=campaign.slug), code)
    embed = in_language(url_for("embed.widget.frame", slug=campaign.slug, frame="card"), code)
    colours = Look(wish.theme or card.theme, wish.mode).colours
    return Subject(
        page_url=absolute(page) if full else page,
        embed_url=(absolute(embed) if full else embed).removesuffix("/card"),
        title=card.title,
        language=code,
        dir=LANGUAGES[code].dir,
        theme=wish.theme,
        mode=wish.mode,
        width=wish.width,
        ground=colours["brand"],
        ink=colours["on_brand"],
    )


def in_language(path: str, code: str) -> str:
    """This path of ours, made under the language of the page, under another language."""
    prefix = LANGUAGES[code].prefix
    return f"{f'/{prefix}' if prefix else ''}{path.removeprefix(request.script_root)}"
