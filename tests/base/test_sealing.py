"""What is sealed is read again with our keys, and with nothing else."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.sealing import SealBroken, reseal, seal, unseal

OLD, NEW = "an old key of forty characters, and more", "a new key of forty characters, and more"
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda deeper: st.lists(deeper) | st.dictionaries(st.text(), deeper),
)


@pytest.fixture
def house() -> Any:
    """An app with these keys, the newest first."""

    def made(*keys: str) -> Any:
        app = Flask("keys")
        app.config["SECRET_KEY"], app.config["SECRET_KEY_FALLBACKS"] = keys[0], list(keys[1:])
        return app.app_context()

    return made


@given(value=values)
def test_everything_comes_back_as_it_was(house: Any, value: Any) -> None:
    with house(NEW):
        assert unseal("a", seal("a", value)) == value


def test_nothing_of_it_can_be_read(house: Any) -> None:
    with house(NEW):
        first, second = seal("a", ["merchant-7"]), seal("a", ["merchant-7"])
    assert "merchant" not in first
    assert first != second


def test_an_older_key_still_opens_it_and_the_newest_seals(house: Any) -> None:
    with house(OLD):
        before = seal("a", [1])
    with house(NEW, OLD):
        assert unseal("a", before) == [1]
        after = seal("a", [1])
    with house(NEW):
        assert unseal("a", after) == [1]
        with pytest.raises(SealBroken):
            unseal("a", before)


def test_a_key_can_be_forgotten_once_all_is_sealed_anew(house: Any) -> None:
    with house(OLD):
        before = seal("a", [1])
    with house(NEW, OLD):
        fresh = reseal("a", before)
        assert fresh is not None
        assert reseal("a", fresh) is None
    with house(NEW):
        assert unseal("a", fresh) == [1]
        assert reseal("a", before) is None


@pytest.mark.parametrize("junk", ["", "x", "gAAAAA", "۱۲۳"])
def test_what_is_not_ours_is_refused(house: Any, junk: str) -> None:
    with house(NEW):
        with pytest.raises(SealBroken):
            unseal("a", junk)
        with pytest.raises(SealBroken):
            unseal("another purpose", seal("a", [1]))
