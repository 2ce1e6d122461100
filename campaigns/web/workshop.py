"""The workshop of widgets: what was chosen, the text to copy, and pages of invented sites that show it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import abort, current_app, request, url_for
from flask_babel import force_locale
from markupsafe import Markup, escape

from campaigns.base.languages import LANGUAGES
from campaigns.domain.campaigns.models import Campaign
from campaigns.themes import THEMES
from campaigns.web.locale import language
from campaigns.web.matters import Matter, named
from campaigns.web.pasted import image_snippet
from campaigns.web.render import absolute
from campaigns.web.snippets import WIDTHS, Wish, asked_wish, subject_of
from campaigns.widgets import FRAMES, FRAMES_OF_MANY, OF_A_CAMPAIGN, OF_MANY
from campaigns.widgets.plug import Subject, Widget

CHOICE = ("kind", "t", "m", "l", "w")
"""The query parameters of the form."""
USUAL = "card"
SCRIPTED = FRAMES | FRAMES_OF_MANY
"""What the custom element draws."""
Making = Callable[[str], Matter | None]
"""Makes the matter in a language."""


@dataclass(frozen=True)
class Bench:
    """One choice and what came of it. `matter` is in the language of the page; `element`: the snippet with our script,
    for frames; `image`: as PNG, for kinds that have one; `kept`: what else the form must send.
    """

    matter: Matter
    widget: Widget
    wish: Wish
    snippet: str
    element: str
    image: str
    kinds: Mapping[str, Widget]
    languages: Mapping[str, object]
    widths: tuple[int, ...] = WIDTHS
    kept: Mapping[str, str] = field(default_factory=dict)

    @property
    def themes(self) -> dict[str, object]:
        return dict(THEMES)

    @property
    def sites(self) -> Sequence[str]:
        """Those alone on which this frame shows; none: on every site, as what is no frame does."""
        return self.matter.sites() if self.widget.kind == "frame" else ()

    def host(self, ground: str, direction: str) -> str:
        """The address of a page that plays another site and shows this choice."""
        wish = self.wish
        chosen = {
            "kind": self.widget.name,
            "t": wish.theme,
            "m": wish.mode,
            "l": wish.language,
            "w": wish.width,
        }
        kind, _slash, key = self.matter.embed.removeprefix("/e/").partition("/")
        if key:
            return url_for(
                "site.widgets.host_of_many", folder=kind, key=key, ground=ground, dir=direction, **chosen
            )
        return url_for("site.widgets.host", slug=kind, ground=ground, dir=direction, **chosen)


def bench(make: Making, kept: Mapping[str, str] | None = None) -> Bench:
    """What the address asks for; the usual card where it asks for nothing. 404 where there is no such matter."""
    here = make(language().code) or abort(404)
    kinds = _kinds_of(here)
    widget, wish = _asked_kind(kinds), asked_wish(here.languages())
    with force_locale(wish.language):
        subject = subject_of(make(wish.language) or abort(404), wish)
        snippet = widget.snippet(subject)
        element = element_snippet(subject, widget.name) if widget.name in SCRIPTED else ""
        image = image_snippet(subject, widget.name)
    languages = {code: LANGUAGES[code] for code in here.languages()}
    return Bench(here, widget, wish, snippet, element, image, kinds, languages, kept=kept or {})


def shown_markup(make: Making) -> Markup:
    """The snippet with paths of ours, to stand in a page that plays another site."""
    here = make(language().code) or abort(404)
    widget, wish = _asked_kind(_kinds_of(here)), asked_wish(here.languages())
    with force_locale(wish.language):
        subject = subject_of(make(wish.language) or abort(404), wish, full=False)
        return Markup(widget.snippet(subject))  # noqa: S704 -- snippets escape what people typed


def neighbours(campaign: Campaign) -> Sequence[tuple[str, str]]:
    """(name, `folder/key`) of what a campaign belongs to and can be shown in its place."""
    code = language().code
    house = (named(campaign.organization, code), f"organizations/{campaign.organization.slug}")
    return [house, *((named(place, code), f"provinces/{place.code}") for place in campaign.provinces)]


def element_snippet(subject: Subject, kind: str) -> str:
    """The custom element with its own link inside, and the module that draws it.

    It has room for frame and link from the beginning: nothing below it moves when the script comes late.
    """
    assets = current_app.extensions["assets"]
    name = "js/pooyesh-campaign-2.js"
    source, lock = absolute(assets.url(name)), assets.integrity(name)
    look = "".join(
        f' {key}="{value}"' for key, value in (("theme", subject.theme), ("mode", subject.mode)) if value
    )
    room = f"display:block;min-height:calc({SCRIPTED[kind].height}px + 3em)"
    return (
        f'<script type="module" src="{escape(source)}" integrity="{lock}" crossorigin></script>\n'
        f'<pooyesh-campaign kind="{kind}"{look} style="{room}">{subject.link(subject.called)}</pooyesh-campaign>'
    )


def _kinds_of(matter: Matter) -> Mapping[str, Widget]:
    return OF_A_CAMPAIGN if matter.about == "campaign" else OF_MANY


def _asked_kind(kinds: Mapping[str, Widget]) -> Widget:
    return kinds.get(request.args.get("kind", ""), kinds[USUAL])
