"""What a look at an invariant is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from campaigns.domain.ledger.breaches import Found

AT_MOST = 20
"""Findings of one look that are written down; a broken book has more than anybody can read."""


class Span(NamedTuple):
    """Entries of the book that are read one by one, both included. Empty when the last is before the first."""

    first: int
    last: int


@dataclass(frozen=True)
class Look:
    """`find` gives what is broken of the invariants `names`: each with the place, in words that stay the same as
    long as the breach does. It changes nothing, and asks each question in one statement, for donors go on giving.
    """

    names: tuple[str, ...]
    find: Callable[[Sequence[Span]], Iterable[Found]]

    def __call__(self, spans: Sequence[Span]) -> list[Found]:
        return list(islice(self.find(spans), AT_MOST))
