"""Latin addresses: short, lower-case, readable in an SMS where Persian would be percent signs."""

import re

from campaigns.base.search import fold

RESERVED = frozenset(
    ["new", "edit", "admin", "api", "static", "en", "fa", "give", "share", "widget", "embed", "all"]
)
LONGEST = 60
_SHAPE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LATIN = dict(
    zip(
        "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
        [
            "a",
            "b",
            "p",
            "t",
            "s",
            "j",
            "ch",
            "h",
            "kh",
            "d",
            "z",
            "r",
            "z",
            "zh",
            "s",
            "sh",
            "s",
            "z",
            "t",
            "z",
            "a",
            "gh",
            "f",
            "gh",
            "k",
            "g",
            "l",
            "m",
            "n",
            "o",
            "h",
            "i",
        ],
        strict=True,
    )
)


def is_slug(text: str) -> bool:
    """Whether `text` may be the address of a campaign."""
    return 3 <= len(text) <= LONGEST and bool(_SHAPE.fullmatch(text)) and text not in RESERVED


def suggest(title: str) -> str:
    """A slug for a title, Persian letters written in Latin ones. Empty when nothing is left."""
    letters = "".join(_LATIN.get(mark, mark) for mark in fold(title))
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:LONGEST].strip("-")
    return slug if is_slug(slug) else ""
