"""Persian is complete, exact and well typed."""

import re

import pytest
from babel.messages.catalog import Catalog, Message

from tools import translations

PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z][^>]*>")
ARABIC_LETTERS = re.compile("[يكىة]")
DIGIT = re.compile(r"[0-9]")
LATIN_WORD = re.compile(
    r"\S*[A-Za-z]\S*(?: [0-9.]+)?"
)  # names and codes keep their own digits: IR-08, WCAG 2.2


@pytest.fixture(scope="module")
def persian() -> Catalog:
    return translations.read("fa")


@pytest.fixture(scope="module")
def present() -> Catalog:
    """What code and templates say now."""
    return translations.extracted()


def words(message: Message) -> list[str]:
    """Every form of the translation."""
    return list(message.string) if isinstance(message.string, list | tuple) else [message.string]


def source_forms(message: Message) -> list[str]:
    return list(message.id) if isinstance(message.id, list | tuple) else [message.id]


def shown(messages: list[Message]) -> list[str]:
    return [source_forms(message)[0] for message in messages]


def test_every_visible_word_has_a_translation(persian: Catalog, present: Catalog) -> None:
    missing = [message for message in present if message.id and not persian.get(message.id, message.context)]
    assert not shown(missing), "run `make translations`"
    assert not shown(translations.untranslated(persian))


def test_nothing_is_guessed_and_nothing_is_left_over(persian: Catalog, present: Catalog) -> None:
    unused = [message for message in persian if message.id and not present.get(message.id, message.context)]
    assert not shown(unused), "run `make translations`"
    assert not shown([message for message in persian if message.id and message.fuzzy])
    assert not persian.obsolete


def test_placeholders_and_tags_are_those_of_the_source(persian: Catalog) -> None:
    for message in persian:
        if message.id:
            for pattern in (PLACEHOLDER, TAG):
                allowed = {found for form in source_forms(message) for found in pattern.findall(form)}
                for form in words(message):
                    assert set(pattern.findall(form)) <= allowed, form
                needed = set(pattern.findall(source_forms(message)[-1]))
                assert needed <= set(pattern.findall(words(message)[-1])), words(message)[-1]


def test_persian_is_typed_with_persian_letters_and_digits(persian: Catalog) -> None:
    for message in persian:
        for form in words(message) if message.id else []:
            bare = TAG.sub("", PLACEHOLDER.sub("", form))
            assert not ARABIC_LETTERS.search(bare), form
            assert not DIGIT.search(LATIN_WORD.sub("", bare)), form
            assert "..." not in bare and '"' not in bare, f"… and «» in Persian: {form}"


def test_catalogues_are_written_as_the_tool_writes_them() -> None:
    """So that two people's changes meet without noise."""
    kept = translations.catalogue_path("fa").read_bytes()
    assert translations.written(translations.read("fa")) == kept, "run `make translations`"
