"""Search finds what people mean, whatever keyboard they have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.search import doc_key, fold, query_terms


def finds(query: str, text: str) -> bool:
    key = doc_key(text)
    return all(any(form in key for form in forms) for forms in query_terms(query))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("يك كمك", "یک کمک"),
        ("یک کمک", "يك كمك"),
        ("میخواهم", "می‌خواهم کمک کنم"),
        ("می‌خواهم", "می خواهم کمک کنم"),
        ("می خواهم", "میخواهم کمک کنم"),
        ("میخواهم", "می خواهم کمک کنم"),
        ("می‌روم", "می خواهم بروم و می روم"),
        ("کتابها", "کتاب‌ها"),
        ("کتاب ها", "کتابها"),
        ("کتاب‌ها", "کتاب ها"),
        ("1404", "سال ۱۴۰۴"),
        ("۱۴۰۴", "سال ١٤٠٤"),
        ("مدرسه", "مَدرسهٔ تازه"),
        ("مدرسة", "مدرسه"),
        ("اب", "آب سالم"),
        ("مسوول", "مسؤول"),
        ("خوزستان", "مردم خوزستانی"),
        ("cafe", "Café"),
        ("جهیزیه كرمان", "چهل جهیزیهٔ کرمان"),
        ("سلـــام", "سلام"),
        ("\u200fیزد\u202c", "یزد"),
        ("", "هر چیز"),
        ("؟!", "هر چیز"),
    ],
)
def test_a_visitor_finds_it(query: str, text: str) -> None:
    assert finds(query, text)


def test_every_word_must_be_there() -> None:
    assert not finds("جهیزیه یزد", "جهیزیهٔ کرمان")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_keys_hold_plain_words_only(text: str) -> None:
    key = doc_key(text)
    assert key == " ".join(key.split())
    assert "\x00" not in key
    assert "%" not in key
    assert key.startswith(fold(text))


@given(st.text(alphabet=st.sampled_from("آبکيكیهةؤ ‌۱1aB.ـ"), max_size=80))
def test_a_text_finds_itself(text: str) -> None:
    assert finds(text, text)


@given(st.text())
def test_a_query_is_bounded(text: str) -> None:
    terms = query_terms(text * 200)
    assert len(terms) <= 8
    assert all(form for forms in terms for form in forms)


def test_a_very_long_word_cannot_make_a_very_long_pattern() -> None:
    assert max(len(form) for forms in query_terms("آ" * 100_000) for form in forms) <= 200
