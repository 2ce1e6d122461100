"""Trees and proofs against the words of RFC 6962, and against the verifier that everybody may download."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base import merkle
from tests.support.proofs import consistent
from tools.verify_ledger import included

sizes = st.integers(1, 70)


def leaves(count: int) -> list[bytes]:
    return [f"line {number}".encode() for number in range(count)]


def mth(data: list[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, word for word."""
    if not data:
        return hashlib.sha256(b"").digest()
    if len(data) == 1:
        return hashlib.sha256(b"\x00" + data[0]).digest()
    half = 1
    while half * 2 < len(data):
        half *= 2
    return hashlib.sha256(b"\x01" + mth(data[:half]) + mth(data[half:])).digest()


def block(count: int) -> merkle.Block:
    """Complete subtrees over the leaves; a subtree that reaches over the end does not exist."""
    data = leaves(count)

    def hash_of(level: int, index: int) -> bytes:
        part = data[index << level : (index + 1) << level]
        assert len(part) == 1 << level, "not a complete subtree"
        return mth(part)

    return hash_of


def test_the_root_is_that_of_the_rfc() -> None:
    for size in range(70):
        assert merkle.root(size, block(size)) == mth(leaves(size))


def test_every_leaf_of_every_small_tree_is_proved() -> None:
    for size in range(1, 35):
        data = leaves(size)
        for leaf in range(size):
            path = merkle.inclusion(leaf, size, block(size))
            assert included(data[leaf], leaf, size, path) == mth(data)


@given(size=sizes, leaf=st.integers(0, 69), other=st.integers(0, 69), changes=st.data())
def test_a_proof_proves_one_leaf_in_one_tree_and_nothing_else(
    size: int, leaf: int, other: int, changes: st.DataObject
) -> None:
    leaf, data = leaf % size, leaves(size)
    path = merkle.inclusion(leaf, size, block(size))
    assert included(b"another line", leaf, size, path) != mth(data)
    if other % size != leaf:
        assert included(data[leaf], other % size, size, path) != mth(data)
    if path:
        place = changes.draw(st.integers(0, len(path) - 1))
        turned = [*path[:place], bytes(32), *path[place + 1 :]]
        assert included(data[leaf], leaf, size, turned) != mth(data)
        assert included(data[leaf], leaf, size, path[:-1]) != mth(data)
        assert included(data[leaf], leaf, size, [*path, bytes(32)]) != mth(data)


def test_every_small_tree_is_the_beginning_of_every_larger_one() -> None:
    for size in range(1, 35):
        for earlier in range(1, size + 1):
            proof = merkle.consistency(earlier, size, block(size))
            assert consistent(earlier, size, mth(leaves(earlier)), mth(leaves(size)), proof)


@given(size=sizes, earlier=sizes, changed=sizes)
def test_a_tree_that_was_changed_is_no_beginning(size: int, earlier: int, changed: int) -> None:
    earlier = min(earlier, size)
    old = leaves(earlier)
    old[changed % earlier] = b"another line"
    proof = merkle.consistency(earlier, size, block(size))
    assert not consistent(earlier, size, mth(old), mth(leaves(size)), proof)


@pytest.mark.parametrize(("leaf", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_what_is_not_in_the_tree_has_no_path(leaf: int, size: int) -> None:
    with pytest.raises(ValueError, match="no such leaf"):
        merkle.inclusion(leaf, size, block(size))


@pytest.mark.parametrize(("earlier", "size"), [(0, 3), (4, 3)])
def test_only_an_earlier_tree_is_a_beginning(earlier: int, size: int) -> None:
    with pytest.raises(ValueError, match="no such tree"):
        merkle.consistency(earlier, size, block(size))
