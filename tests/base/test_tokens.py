"""Signed words: only ours, only for their purpose, only for their time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base import clock
from campaigns.base.tokens import TokenExpired, TokenInvalid, hash_secret, new_secret, read, sign

MORNING = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def house(key: str = "a key for these tests", older: list[str] | None = None) -> Flask:
    app = Flask("tokens")
    app.config.update(SECRET_KEY=key, SECRET_KEY_FALLBACKS=older)
    return app


@pytest.fixture(scope="module", autouse=True)
def _in_the_house() -> Iterator[None]:
    with house().app_context():
        yield


@given(json_values)
def test_what_was_signed_comes_back(data: object) -> None:
    assert read("gift", sign("gift", data)) == data


@pytest.mark.parametrize("token", ["", ".", "a.b.c", "یک", "\ud800", "x" * 10_000])
def test_other_words_are_invalid(token: str) -> None:
    with pytest.raises(TokenInvalid):
        read("gift", token)


@given(st.text())
def test_no_text_at_all_is_taken_for_a_token(text: str) -> None:
    with pytest.raises(TokenInvalid):
        read("gift", text)


@given(st.data())
def test_a_token_with_one_changed_character_is_invalid(data: st.DataObject) -> None:
    token = sign("gift", {"rials": 500_000})
    # The last character of base64 may carry unused bits, so it is left alone.
    place = data.draw(st.integers(0, len(token) - 2))
    other = data.draw(st.sampled_from("abcXYZ019-_").filter(lambda mark: mark != token[place]))
    with pytest.raises(TokenInvalid):
        read("gift", token[:place] + other + token[place + 1 :])


def test_a_token_serves_one_purpose_only() -> None:
    with pytest.raises(TokenInvalid):
        read("reset", sign("gift", 1))


def test_a_token_is_good_until_its_age_is_over_and_then_still_says_what_it_carried() -> None:
    with clock.at(MORNING):
        token = sign("gift", {"name": "سارا"})
    with clock.at(MORNING + timedelta(seconds=60)):
        assert read("gift", token, 60) == {"name": "سارا"}
    with clock.at(MORNING + timedelta(seconds=61)), pytest.raises(TokenExpired) as old:
        read("gift", token, 60)
    assert old.value.data == {"name": "سارا"}
    with clock.at(MORNING + timedelta(days=1000)):
        assert read("gift", token) == {"name": "سارا"}


def test_tokens_of_an_older_key_are_accepted_and_those_of_a_strange_one_are_not() -> None:
    with house("old").app_context():
        token = sign("gift", 1)
    with house("new", ["older still", "old"]).app_context():
        assert read("gift", token) == 1
    with house("new").app_context(), pytest.raises(TokenInvalid):
        read("gift", token)


def test_new_tokens_are_signed_with_the_newest_key() -> None:
    with house("new", ["old"]).app_context():
        token = sign("gift", 1)
    with house("new").app_context():
        assert read("gift", token) == 1


def test_secrets_differ_and_only_their_hash_is_kept() -> None:
    first, second = new_secret(), new_secret()
    assert first != second
    assert len(first) >= 43
    assert hash_secret(first) == hash_secret(first)
    assert len({hash_secret(first), hash_secret(second), first}) == 3
    assert len(hash_secret("\ud800")) == 64
