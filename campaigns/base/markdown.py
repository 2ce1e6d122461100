"""A small Markdown for stories: bold, emphasis, links, lists, quotes, small headings.

Sanitised twice: HTML in the source is text, and only known tags leave.
"""

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "h3", "blockquote"}
_RULES = [
    "emphasis",
    "link",
    "list",
    "heading",
    "blockquote",
    "newline",
    "escape",
    "balance_pairs",
    "fragments_join",
]
_HEADING = re.compile(r"(</?)h[1-6]>")
_SCHEMES = {"http", "https", "mailto", "tel"}
_parser = MarkdownIt("zero", {"html": False, "breaks": True}).enable(_RULES)


KEPT = 512  # texts; the page of a campaign is made anew with each gift, its story hardly ever changes


@lru_cache(maxsize=KEPT)
def render(source: str) -> Markup:
    """Safe HTML. Headings of every level become h3; links carry `nofollow ugc noopener`."""
    html = nh3.clean(
        _HEADING.sub(r"\1h3>", _parser.render(source)),
        tags=_TAGS,
        attributes={"a": {"href"}},
        attribute_filter=_kept,
        url_schemes=_SCHEMES,
        link_rel="nofollow ugc noopener",
    )
    return Markup(html)  # noqa: S704 -- nh3 has just made it safe


def plain(source: str, length: int = 160) -> str:
    """The words alone, cut between words: for descriptions and lists."""
    words = nh3.clean(_parser.render(source), tags=set())
    text = " ".join(Markup(words).unescape().split())  # noqa: S704 -- no tag is left
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ،؛:,.;") + "…"


def _kept(_tag: str, _name: str, value: str) -> str | None:
    """A link names its scheme or stays on this site; «//elsewhere» only looks as if it stayed."""
    return None if value.startswith("//") else value
