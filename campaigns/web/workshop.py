"""The workshop of widgets: what was chosen, the text to copy, and pages of invented sites that show it."""

from dataclasses import dataclass

from flask import current_app, request
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup, escape

from campaigns.base.languages import LANGUAGES
from campaigns.domain.campaigns.models import Campaign
from campaigns.themes import THEMES
from campaigns.web.render import absolute
from campaigns.web.snippets import WIDTHS, Wish, asked_wish, subject_of
from campaigns.widgets import FRAMES, OF_A_CAMPAIGN
from campaigns.widgets.plug import Subject, Widget

CHOICE = ("kind", "t", "m", "l", "w")
"""The query parameters of the form."""
USUAL = "card"


@dataclass(frozen=True)
class Bench:
    """One choice and what came of it. `element`: the snippet with our script, for kinds that are frames."""

    widget: Widget
    wish: Wish
    snippet: str
    element: str
    kinds: dict[str, Widget]
    widths: tuple[int, ...] = WIDTHS

    @property
    def themes(self) -> dict[str, object]:
        return dict(THEMES)

    @property
    def languages(self) -> dict[str, object]:
        return dict(LANGUAGES)


def bench(campaign: Campaign) -> Bench:
    """What the address asks for; the usual card where it asks for nothing."""
    widget, wish = _asked_kind(), asked_wish()
    subject = subject_of(campaign, wish)
    with force_locale(wish.language):
        snippet = widget.snippet(subject)
        element = element_snippet(subject, widget.name) if widget.name in FRAMES else ""
    return Bench(widget, wish, snippet, element, OF_A_CAMPAIGN)


def shown_markup(campaign: Campaign) -> Markup:
    """The snippet with paths of ours, to stand in a page that plays another site."""
    widget, wish = _asked_kind(), asked_wish()
    subject = subject_of(campaign, wish, full=False)
    with force_locale(wish.language):
        return Markup(widget.snippet(subject))  # noqa: S704 -- snippets escape what people typed


def element_snippet(subject: Subject, kind: str) -> str:
    """The custom element with its own link inside, and the module that draws it.

    It has room for frame and link from the beginning: nothing below it moves when the script comes late.
    """
    assets = current_app.extensions["assets"]
    name = "js/pooyesh-campaign-1.js"
    source, lock = absolute(assets.url(name)), assets.integrity(name)
    look = "".join(
        f' {key}="{value}"' for key, value in (("theme", subject.theme), ("mode", subject.mode)) if value
    )
    words = _("Campaign “%(title)s”", title=subject.title)
    room = f"display:block;min-height:calc({FRAMES[kind].height}px + 3em)"
    return (
        f'<script type="module" src="{escape(source)}" integrity="{lock}" crossorigin></script>\n'
        f'<pooyesh-campaign kind="{kind}"{look} style="{room}">{subject.link(words)}</pooyesh-campaign>'
    )


def _asked_kind() -> Widget:
    return OF_A_CAMPAIGN.get(request.args.get("kind", ""), OF_A_CAMPAIGN[USUAL])
