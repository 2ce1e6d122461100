"""Codes a donor reads over the phone, and ids nobody can guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.codes import ALPHABET, new_code, parse_code, public_id, spoken
from campaigns.base.digits import to_persian

codes = st.builds(new_code)
other_characters = ALPHABET + "ZOILU#؟ی"


@given(codes)
def test_a_new_code_is_read_back_however_it_is_written(code: str) -> None:
    assert len(code) == 11
    group = spoken(code)
    assert [len(part) for part in group.split("-")] == [4, 4, 3]
    for written in (
        code,
        group,
        group.lower(),
        group.replace("-", " "),
        to_persian(group),
        f"\u2068{group}\u2069\n",
        group.replace("-", "–"),
        code.replace("0", "o").replace("1", "l"),
        code.replace("0", "O").replace("1", "I"),
    ):
        assert parse_code(written) == code


@given(codes, st.integers(0, 10), st.sampled_from(ALPHABET))
def test_every_single_wrong_symbol_is_noticed(code: str, place: int, wrong: str) -> None:
    mistyped = code[:place] + wrong + code[place + 1 :]
    assert (parse_code(mistyped) is None) == (mistyped != code)


@given(codes, st.integers(0, 10), st.integers(0, 10))
def test_every_swap_is_noticed(code: str, one: int, other: int) -> None:
    symbols = list(code)
    symbols[one], symbols[other] = symbols[other], symbols[one]
    swapped = "".join(symbols)
    assert (parse_code(swapped) is None) == (swapped != code)


@given(codes, st.integers(0, 10))
def test_a_missing_or_doubled_symbol_is_noticed(code: str, place: int) -> None:
    assert parse_code(code[:place] + code[place + 1 :]) is None
    assert parse_code(code[:place] + code[place] + code[place:]) is None


@given(st.text() | st.text(alphabet=st.sampled_from(other_characters), min_size=10, max_size=12))
def test_whatever_is_typed_is_a_code_or_none(text: str) -> None:
    code = parse_code(text)
    assert code is None or parse_code(code) == code


@pytest.mark.parametrize("text", ["", "-", "0" * 10, "Z" * 11, "0" * 10_000, "\ud800" * 11])
def test_other_texts_are_no_codes(text: str) -> None:
    assert parse_code(text) is None


def test_codes_and_ids_do_not_repeat_and_fit_an_address() -> None:
    assert len({new_code() for _ in range(1000)}) == 1000
    ids = {public_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(one) == 22 and one.replace("-", "").replace("_", "").isalnum() for one in ids)
