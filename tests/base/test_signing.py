import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.base.signing import BadKey, is_signed, public_bytes, read_key
from tools.verify_ledger import verified

seeds = st.binary(min_size=32, max_size=32)


@given(seed=seeds, message=st.binary(max_size=200))
def test_our_signatures_are_good_for_the_verifier_without_any_library(seed: bytes, message: bytes) -> None:
    key = read_key(seed.hex())
    signature = key.sign(message)
    assert is_signed(public_bytes(key), signature, message)
    assert verified(public_bytes(key), signature, message)


@settings(max_examples=50)
@given(seed=seeds, message=st.binary(max_size=50), place=st.integers(0, 63), change=st.integers(1, 255))
def test_both_refuse_what_was_changed(seed: bytes, message: bytes, place: int, change: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = public_bytes(key), key.sign(message)
    changed = bytearray(signature)
    changed[place] ^= change
    for check in (is_signed, verified):
        assert not check(public, bytes(changed), message)
        assert not check(public, signature, message + b".")
        assert not check(public_bytes(Ed25519PrivateKey.generate()), signature, message)
        assert not check(public, signature[:63], message)
        assert not check(public[:31], signature, message)


@pytest.mark.parametrize("text", ["", "zz" * 32, "5e" * 31, "5e" * 33])
def test_a_key_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadKey):
        read_key(text)
