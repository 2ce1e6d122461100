"""What became of goods that nobody can tell apart once they lie on a shelf: what came first is what arrived first.

The pieces of a receipt have a stretch of their shelf: it begins where the receipts before it end (void ones left out).
What arrived takes from the front, in the order in which boxes arrived; then what is on its way, then what lies packed,
then the shelf. What was spoiled or lost is taken off those that came last. So no piece is said to have reached people
for two givers, never more is said to have arrived than did, and what was once said to have arrived stays so.
Pure: `pledge_trace` reads what it needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class Stage(IntEnum):
    """How far goods have come, the farthest first: the order in which they take from the front."""

    ARRIVED = 0
    SENT = 1
    PACKED = 2
    SHELF = 3


@dataclass(frozen=True)
class Heap:
    """So many pieces of a shelf at one stage; `what`: anything the caller wants to know again."""

    stage: Stage
    quantity: int
    what: Any = None


def parts(begin: int, quantity: int, heaps: Sequence[Heap]) -> list[Heap]:
    """How far the `quantity` pieces before which `begin` came have come; pieces that are nowhere are spoiled or lost.
    `heaps`: all that is left of the shelf, those that arrived in the order in which they did.
    """
    end, at = begin + quantity, 0
    found = []
    for heap in sorted(heaps, key=lambda one: one.stage):
        own = max(0, min(end, at + heap.quantity) - max(begin, at))
        if own:
            found.append(Heap(heap.stage, own, heap.what))
        at += heap.quantity
    return found
