"""Checking a consistency proof as RFC 9162, 2.1.4.2, says it."""

import hashlib
from collections.abc import Sequence


def consistent(earlier: int, size: int, old: bytes, new: bytes, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that the tree with root `old` is the beginning of the one with root `new`."""
    if earlier == size:
        return old == new and not proof
    path = [old, *proof] if earlier & (earlier - 1) == 0 else list(proof)
    if not path:
        return False
    index, last = earlier - 1, size - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    first = second = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if index & 1 or index == last:
            first, second = _node(step, first), _node(step, second)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            second = _node(second, step)
        index, last = index >> 1, last >> 1
    return (first, second, last) == (old, new, 0)


def _node(one: bytes, other: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + one + other).digest()
