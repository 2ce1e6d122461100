"""What became of one gift: a bucket spends what came first first, so each gift has its own stretch of the money.

The stretch of a gift begins where the gifts before it end (by day, then by line of the book; what went back to donors
is in nobody's stretch). Spendings take the money from the front, in the order in which they were approved, and what
was delivered of a spending takes from the front of that spending. So no rial is said to be with two gifts, and never
more is said to be delivered than was spent. Pure: `insights.gift_trace` reads what it needs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Brought:
    """So much of a spending was delivered. `what`: anything the caller wants to know again."""

    rials: int
    what: Any


@dataclass(frozen=True)
class Bought:
    """One spending of the bucket. `deliveries` in their order; what they say beyond `rials` is not believed."""

    rials: int
    is_paid: bool
    deliveries: Sequence[Brought] = ()


@dataclass(frozen=True)
class Parts:
    """Rials of a gift by how far they came; together they are the gift."""

    waiting: int
    allocated: int  # approved for something, and the bank has not paid it yet
    bought: int  # paid for, and not delivered yet
    delivered: tuple[Brought, ...]

    @property
    def delivered_rials(self) -> int:
        return sum(part.rials for part in self.delivered)

    @property
    def rials(self) -> int:
        return self.waiting + self.allocated + self.bought + self.delivered_rials


def parts(begin: int, rials: int, spendings: Sequence[Bought]) -> Parts:
    """The gift of `rials` before which `begin` rials came into the bucket."""
    end, at = begin + rials, 0
    allocated = bought = 0
    delivered: list[Brought] = []
    for spending in spendings:
        own = _overlap(begin, end, at, at + spending.rials)
        there = list(_delivered(begin, end, at, spending)) if spending.is_paid else []
        delivered += there
        if spending.is_paid:
            bought += own - sum(part.rials for part in there)
        else:
            allocated += own
        at += spending.rials
    spent = allocated + bought + sum(part.rials for part in delivered)
    return Parts(rials - spent, allocated, bought, tuple(delivered))


def _delivered(begin: int, end: int, at: int, spending: Bought) -> Iterator[Brought]:
    """What of each delivery lies on the stretch; never beyond the spending itself."""
    last = at + spending.rials
    for delivery in spending.deliveries:
        until = min(at + delivery.rials, last)
        own = _overlap(begin, end, at, until)
        if own:
            yield Brought(own, delivery.what)
        at = until


def _overlap(begin: int, end: int, first: int, last: int) -> int:
    return max(0, min(end, last) - max(begin, first))
