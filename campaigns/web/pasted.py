"""Texts to copy that go beside a widget's own: the same thing as a PNG in a link."""

from markupsafe import escape

from campaigns.widgets import FRAMES, PICTURES
from campaigns.widgets.plug import Subject

CARD = 600, 315
"""Of the card as a picture, in points."""


def image_snippet(subject: Subject, kind: str) -> str:
    """For mail programs, for sites that refuse SVG, and for editors that take frames and scripts out: nothing but a
    link and a picture is in it. Empty for kinds that have no PNG.
    """
    if kind in PICTURES:
        picture = PICTURES[kind]
        return _linked(subject, kind, picture.width, picture.height, picture.words(subject))
    return _linked(subject, kind, *CARD, FRAMES[kind].words(subject)) if kind == "card" else ""


def _linked(subject: Subject, kind: str, width: int, height: int, words: str) -> str:
    source = subject.address(f"{kind}.png")
    return (
        f'<a href="{escape(subject.page_url)}"><img src="{source}" width="{width}" height="{height}" '
        f'alt="{escape(words)}" style="max-width:100%;height:auto"></a>'
    )
