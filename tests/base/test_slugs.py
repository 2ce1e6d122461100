"""Addresses that fit an SMS."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.slugs import RESERVED, is_slug, suggest


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("جهیزیهٔ کرمان", "jahizieh-kerman"),
        ("كمك به سيل‌زدگان", "komak-be-seyl-zdgan"),
        ("۱۲ کتاب!", "12-ketab"),
        ("Café Hope", "cafe-hope"),
        ("new", ""),
        ("آب", ""),
        ("東京", ""),
    ],
)
def test_a_title_suggests_a_slug(title: str, slug: str) -> None:
    assert suggest(title) == slug


def test_a_long_title_is_cut_between_words() -> None:
    slug = suggest("جهیزیه برای کودکان " * 10)
    assert len(slug) <= 60
    assert set(slug.split("-")) == {"jahizieh", "baraye", "koodakan"}


@given(st.text())
def test_a_suggestion_is_a_slug_or_nothing(title: str) -> None:
    slug = suggest(title)
    assert slug == "" or is_slug(slug)


@pytest.mark.parametrize("text", ["kerman-jahiz", "abc", "a-1", "x" * 60])
def test_slugs(text: str) -> None:
    assert is_slug(text)


@pytest.mark.parametrize(
    "text",
    ["", "ab", "-abc", "abc-", "a--b", "ABC", "a b c", "سلام", "abc\n", "a/b", "x" * 61, *sorted(RESERVED)],
)
def test_not_slugs(text: str) -> None:
    assert not is_slug(text)
