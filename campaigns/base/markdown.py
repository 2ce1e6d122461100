"""A small Markdown for stories: bold, emphasis, links, lists, quotes, small headings. Sanitised twice: HTML in the
source is text, and only known tags leave.
"""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "h3", "blockquote"}
_parser = MarkdownIt("zero", {"html": False, "breaks": True}).enable(
    [
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
)


def render(source: str) -> Markup:
    """Safe HTML. Headings of every level become h3; links carry `nofollow ugc noopener`."""
    html = _parser.render(source)
    for level in "12456":
        html = html.replace(f"<h{level}>", "<h3>").replace(f"</h{level}>", "</h3>")
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="nofollow ugc noopener",
    )
    return Markup(clean)  # noqa: S704 -- nh3 has just made it safe


def plain(source: str, length: int = 160) -> str:
    """The words alone, cut between words: for descriptions and lists."""
    text = " ".join(nh3.clean(_parser.render(source), tags=set()).split())
    text = Markup(text).unescape()  # noqa: S704 -- no tag is left
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0] + "…"
