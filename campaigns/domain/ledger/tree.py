"""The Merkle tree over the public book as the database keeps it: leaves with their places, every eighth level
of complete subtrees beside them. A root or a proof reads at most two groups of 256 hashes a kept level.
"""

from collections.abc import Sequence

from sqlalchemy import Select, select

from campaigns.base import merkle
from campaigns.base.among import AnySession
from campaigns.domain.ledger.models import LedgerPlace
from campaigns.domain.ledger.seal_models import LedgerSubtree

STEP = 8
GROUP = 1 << STEP


class TornTree(Exception):
    """Hashes that were written are not there any more: somebody has been at the database."""


class KeptTree:
    """The tree as far as it is written. Reads each group of hashes once; ask a new one after a write."""

    def __init__(self, session: AnySession) -> None:
        self._session = session
        self._groups: dict[tuple[int, int], list[bytes]] = {}

    def block(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree (`base.merkle.Block`). Raises `TornTree`."""
        kept = level // STEP * STEP
        count = 1 << level - kept
        group, start = divmod(index * count, GROUP)
        part = self.group(kept, group)[start : start + count]
        if len(part) != count:
            raise TornTree(f"level {level}, number {index}")
        return merkle.fold(part)

    def group(self, level: int, number: int) -> list[bytes]:
        """Up to 256 neighbouring hashes of a kept level."""
        found = self._groups.get((level, number))
        if found is None:
            first = number * GROUP
            found = list(self._session.scalars(_hashes(level, first, first + GROUP - 1)))
            self._groups[level, number] = found
        return found

    def root(self, size: int) -> bytes:
        return merkle.root(size, self.block)

    def inclusion(self, seq: int, size: int) -> list[bytes]:
        """The audit path of entry `seq` (counted from one) in the book of the first `size`."""
        return merkle.inclusion(seq - 1, size, self.block)

    def consistency(self, earlier: int, size: int) -> list[bytes]:
        return merkle.consistency(earlier, size, self.block)


def grown(session: AnySession, size: int, leaves: Sequence[bytes]) -> list[dict[str, object]]:
    """Rows of the subtrees that `leaves` complete when they follow the first `size` leaves, not yet written."""
    tree, rows = KeptTree(session), []
    level, hashes = 0, list(leaves)
    while hashes:
        done, rest = divmod(size, GROUP)
        if rest + len(hashes) < GROUP:
            break
        line = (tree.group(level, done)[:rest] if rest else []) + hashes
        whole = len(line) // GROUP
        hashes = [merkle.fold(line[at * GROUP : (at + 1) * GROUP]) for at in range(whole)]
        level, size = level + STEP, done
        rows += [{"level": level, "number": size + at, "hash": made} for at, made in enumerate(hashes)]
    return rows


def _hashes(level: int, first: int, last: int) -> Select[bytes]:
    if level == 0:
        within = LedgerPlace.seq.between(first + 1, last + 1)
        return select(LedgerPlace.leaf_hash).where(within).order_by(LedgerPlace.seq)
    within = LedgerSubtree.number.between(first, last)
    return (
        select(LedgerSubtree.hash).where(LedgerSubtree.level == level, within).order_by(LedgerSubtree.number)
    )
