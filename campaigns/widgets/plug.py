"""What a widget tells of itself. The drawing is a template under `templates/widgets/`."""

from dataclasses import dataclass
from typing import Protocol

from flask_babel.speaklater import LazyString


@dataclass(frozen=True)
class Subject:
    """What a snippet needs of a campaign: full addresses and its title."""

    page_url: str
    embed_url: str  # without a trailing slash; the widget's own path is added
    title: str
    language: str
    dir: str


class Widget(Protocol):
    """`hint` says where it fits; `snippet` is the HTML a publisher copies, without script."""

    name: str
    label: LazyString
    hint: LazyString

    def snippet(self, subject: Subject) -> str: ...
