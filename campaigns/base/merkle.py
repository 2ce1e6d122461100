"""Merkle trees of RFC 6962 (https://www.rfc-editor.org/rfc/rfc6962#section-2.1) over leaves that are kept
elsewhere.

Every function asks for `block(level, index)`: the hash of the complete subtree over the leaves from
index · 2^level up to (index + 1) · 2^level. None of them needs more than some two blocks a level.
"""

import hashlib
from collections.abc import Callable, Sequence

Block = Callable[[int, int], bytes]

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(first: bytes, second: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + first + second).digest()


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over a power of two of neighbouring hashes."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


def root(size: int, block: Block) -> bytes:
    """The hash of the whole tree of the first `size` leaves."""
    return _over(0, size, block) if size else EMPTY_ROOT


def inclusion(leaf: int, size: int, block: Block) -> list[bytes]:
    """The audit path of a leaf (counted from zero) in the tree of the first `size`, nearest first.

    Raises `ValueError` for a leaf that is not in it.
    """
    if not 0 <= leaf < size:
        raise ValueError("no such leaf")
    path: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _half(high - low)
        if leaf < middle:
            path.append(_over(middle, high, block))
            high = middle
        else:
            path.append(_over(low, middle, block))
            low = middle
    return path[::-1]


def consistency(earlier: int, size: int, block: Block) -> list[bytes]:
    """The proof that the tree of the first `earlier` leaves is the beginning of the tree of the first `size`.

    Empty when they are the same. Raises `ValueError` for an earlier tree that is larger, or empty.
    """
    if not 0 < earlier <= size:
        raise ValueError("no such tree")
    proof: list[bytes] = []
    low, high, whole = 0, size, True
    while earlier != high:
        middle = low + _half(high - low)
        if earlier <= middle:
            proof.append(_over(middle, high, block))
            high = middle
        else:
            proof.append(_over(low, middle, block))
            low, whole = middle, False
    if not whole:
        proof.append(_over(low, high, block))
    return proof[::-1]


def _half(count: int) -> int:
    """The largest power of two below `count` (above one)."""
    return 1 << (count - 1).bit_length() - 1


def _over(low: int, high: int, block: Block) -> bytes:
    """The hash over leaves low … high - 1, as one of the tree's own nodes."""
    count = high - low
    if count & (count - 1) == 0:
        return block(count.bit_length() - 1, low // count)
    middle = low + _half(count)
    return node_hash(_over(low, middle, block), _over(middle, high, block))
