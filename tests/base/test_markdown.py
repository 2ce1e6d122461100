"""Stories may be bold, but they run nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.markdown import plain, render

TAG = re.compile(r"<[^>]*>")
ALLOWED = re.compile(
    r'</?(?:p|strong|em|ul|ol|li|h3|blockquote|a)>|<br>|<a(?: href="[^"<>]*")? rel="nofollow ugc noopener">'
)
pieces = st.sampled_from(
    [
        "**",
        "*",
        "_",
        "# ",
        "> ",
        "- ",
        "1. ",
        "[x](",
        ")",
        "](",
        "javascript:",
        "//evil.example",
        "https://a.example",
        "<script>",
        "<img src=x onerror=y>",
        "&lt;",
        "&#x6a;",
        "`",
        "\\",
        "\n",
        "\n\n",
        "سلام ",
        '"',
        "'",
        "data:",
        "\x00",
    ]
)
sources = st.lists(pieces, max_size=30).map("".join) | st.text()


def test_the_small_language_is_understood() -> None:
    source = "# یک\n**قوی** و *آرام*\nخط دو\n\n- الف\n- ب\n\n1. پ\n\n> نقل\n\n[اینجا](https://a.example/b)"
    assert render(source) == (
        "<h3>یک</h3>\n<p><strong>قوی</strong> و <em>آرام</em><br>\nخط دو</p>\n"
        "<ul>\n<li>الف</li>\n<li>ب</li>\n</ul>\n<ol>\n<li>پ</li>\n</ol>\n<blockquote>\n<p>نقل</p>\n</blockquote>\n"
        '<p><a href="https://a.example/b" rel="nofollow ugc noopener">اینجا</a></p>\n'
    )


@pytest.mark.parametrize("level", range(1, 7))
def test_every_heading_is_a_small_one(level: int) -> None:
    assert render("#" * level + " سلام") == "<h3>سلام</h3>\n"


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example",
        "&#47;/evil.example",
        "&#x6a;avascript:x",
        "file:///etc/passwd",
    ],
)
def test_dangerous_links_lead_nowhere(target: str) -> None:
    assert "href" not in render(f"[x]({target})")


@pytest.mark.parametrize(
    "target", ["https://a.example", "mailto:a@b.example", "tel:+982112345678", "/c/kerman"]
)
def test_good_links_are_kept(target: str) -> None:
    assert f'href="{target}"' in render(f"[x]({target})")


@given(sources)
def test_nothing_but_the_known_tags_leaves(source: str) -> None:
    html = render(source)
    assert all(ALLOWED.fullmatch(tag) for tag in TAG.findall(html))
    assert "<" not in TAG.sub("", html)


@given(sources, st.integers(10, 200))
def test_the_summary_is_short_and_one_line(source: str, length: int) -> None:
    text = plain(source, length)
    assert len(text) <= length
    assert text == " ".join(text.split())


def test_the_summary_has_the_words_alone() -> None:
    assert (
        plain("# سلام\n**دنیا** & <b> [اینجا](https://a.example)\n- الف\n- ب")
        == "سلام دنیا & <b> اینجا الف ب"
    )
    assert plain("جهیزیه برای، چهل زوج", 14) == "جهیزیه برای…"
    assert plain("") == ""
