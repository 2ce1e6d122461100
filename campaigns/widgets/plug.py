"""What a widget tells of itself. The drawing is a template under `templates/widgets/`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol

from flask_babel import gettext as _
from flask_babel.speaklater import LazyString
from markupsafe import escape

Kind = Literal["link", "picture", "frame"]
About = Literal["campaign", "many", "country"]
"""One campaign; several together, be it a set, an organization's or a province's; the whole country."""
ONE: frozenset[About] = frozenset({"campaign"})
ONE_OR_MANY: frozenset[About] = frozenset({"campaign", "many"})


@dataclass(frozen=True)
class Subject:
    """What a snippet needs of what it is about: full addresses, its title, and how it shall look."""

    page_url: str
    embed_url: str  # without a trailing slash; the widget's own path is added
    title: str
    language: str
    dir: str
    theme: str = ""  # empty: its own
    mode: str = "auto"
    width: int = 0  # at most so many points wide; 0: as wide as fits
    ground: str = "#005f63"  # what stands in the host page itself has its colours with it
    ink: str = "#ffffff"
    about: About = "campaign"

    @property
    def called(self) -> str:
        """What it is, in words, for who does not see it."""
        return str(_("Campaign “%(title)s”", title=self.title)) if self.about == "campaign" else self.title

    def address(self, name: str, mode: str = "") -> str:
        """Where the widget lies, ready to stand in an attribute."""
        chosen = [("t", self.theme), ("m", mode or self.mode)]
        query = "&".join(f"{key}={value}" for key, value in chosen if value and value != "auto")
        return str(escape(f"{self.embed_url}/{name}{'?' if query else ''}{query}"))

    def link(self, words: object) -> str:
        """A plain link to the page, in the direction of its language."""
        return (
            f'<a href="{escape(self.page_url)}" lang="{self.language}" dir="{self.dir}">{escape(words)}</a>'
        )


class Widget(Protocol):
    """`hint` says where it fits; `snippet` is the HTML a publisher copies, without script.

    `kind`: nothing is loaded, a picture, or a frame. `about`: what it can show.
    """

    name: str
    label: LazyString
    hint: LazyString
    kind: ClassVar[Kind]
    about: frozenset[About]

    def snippet(self, subject: Subject) -> str: ...


class Picture:
    """An SVG of a fixed size inside a link; `words` is what it says to who does not see it."""

    kind: ClassVar[Kind] = "picture"
    about: frozenset[About] = ONE_OR_MANY
    name: str
    width: int
    height: int

    def words(self, subject: Subject) -> str:
        raise NotImplementedError

    def snippet(self, subject: Subject) -> str:
        """A picture cannot follow the reader's preference by itself: the host page chooses between two."""
        name, words = f"{self.name}.svg", escape(self.words(subject))
        picture = (
            f'<img src="{subject.address(name)}" width="{self.width}" height="{self.height}" alt="{words}">'
        )
        if subject.mode == "auto":
            dark = f'srcset="{subject.address(name, "dark")}" media="(prefers-color-scheme: dark)"'
            picture = f"<picture><source {dark}>{picture}</picture>"
        return f'<a href="{escape(subject.page_url)}">{picture}</a>'


class Frame:
    """A page of its own inside another, `height` points high, with a plain link for readers whose frames are off."""

    kind: ClassVar[Kind] = "frame"
    about: frozenset[About] = ONE
    name: str
    height: int
    widest: int  # how wide it may become; the host page may give it less
    summed: bool = True  # shows numbers of its matter; else what its campaigns have one by one

    def words(self, subject: Subject) -> str:
        raise NotImplementedError

    def stamps(self, campaign_ids: Sequence[int]) -> tuple[str, ...]:
        """What it follows besides the sums, as names of `base.stamps`. The campaigns are those of `gathered`."""
        return ()

    def gathered(self, campaign_ids: Sequence[int], language: str) -> Mapping[str, Any]:
        """What its template needs besides the numbers. With `summed`, these campaigns are those in the sum, the one it
        is about first; else the one, or all that are open.
        """
        return {}

    def snippet(self, subject: Subject) -> str:
        """Where the frame's colour scheme is not that of the page inside, browsers paint its corners."""
        words = self.words(subject)
        widest = min(self.widest, subject.width or self.widest)
        schemes = "light dark" if subject.mode == "auto" else subject.mode
        return (
            f'<iframe src="{subject.address(self.name)}" title="{escape(words)}" width="100%" '
            f'height="{self.height}" loading="lazy" referrerpolicy="strict-origin" '
            f'style="border:0;max-width:{widest}px;color-scheme:{schemes}"></iframe>\n<p>{subject.link(words)}</p>'
        )
