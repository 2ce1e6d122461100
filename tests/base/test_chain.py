import hashlib

from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.chain import BEGINNING, canonical, commitment, link


def test_canonical_text_has_one_form() -> None:
    value = {"نام": "دفتر", "b": [1, None], "a": {"d": 10**18, "c": "«»"}}
    assert canonical(value) == '{"a":{"c":"«»","d":1000000000000000000},"b":[1,null],"نام":"دفتر"}'.encode()


def test_the_chain_is_what_the_verifier_is_told() -> None:
    first = hashlib.sha256(b"\x00" + bytes(32) + b"one").digest()
    assert link(BEGINNING, b"one") == first
    assert link(first, b"two") == hashlib.sha256(b"\x00" + first + b"two").digest()


@given(salt=st.binary(min_size=16, max_size=16), other=st.binary(min_size=16, max_size=16))
def test_a_commitment_says_nothing_without_its_salt(salt: bytes, other: bytes) -> None:
    made = commitment(salt, "ABCDEFGHJKM")
    assert made == hashlib.sha256(salt + b"ABCDEFGHJKM").digest()
    assert (commitment(other, "ABCDEFGHJKM") == made) == (salt == other)
