"""The states of a promise of goods as a table, and the ways in which goods come."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    REGISTERED = "registered"  # reserved; nobody has called yet
    ARRANGED = "arranged"  # the office and the giver have agreed on a day
    PARTLY = "partly"  # some of it came; the rest is free again
    RECEIVED = "received"  # all of it came
    DELIVERED = "delivered"  # it reached people
    NO_SHOW = "no_show"  # the day came, the goods did not, says the office
    EXPIRED = "expired"  # nothing was heard until the deadline
    CANCELLED = "cancelled"  # by the giver


class Way(StrEnum):
    BRING = "bring"  # the giver brings it to a place
    COLLECT = "collect"  # somebody comes and takes it
    BUY = "buy"  # the giver buys it at a listed shop, which sends it


S = State
TABLE: Mapping[State, frozenset[State]] = {
    S.REGISTERED: frozenset({S.ARRANGED, S.PARTLY, S.RECEIVED, S.NO_SHOW, S.EXPIRED, S.CANCELLED}),
    S.ARRANGED: frozenset(
        {S.ARRANGED, S.REGISTERED, S.PARTLY, S.RECEIVED, S.NO_SHOW, S.EXPIRED, S.CANCELLED}
    ),  # on another day; or the giver has another day in mind, and it is arranged anew
    S.PARTLY: frozenset({S.PARTLY, S.RECEIVED, S.DELIVERED}),  # more of it came after all
    S.RECEIVED: frozenset({S.DELIVERED}),
    S.NO_SHOW: frozenset({S.PARTLY, S.RECEIVED}),  # late goods are goods, as far as they are still needed
    S.EXPIRED: frozenset({S.PARTLY, S.RECEIVED}),
    S.DELIVERED: frozenset(),
    S.CANCELLED: frozenset(),
}
LIVE = (S.REGISTERED.value, S.ARRANGED.value)
"""States in which a pledge holds its quantity: it counts as promised."""
IS_LIVE = "state IN ('registered', 'arranged')"
"""The same in the words of indexes."""


def leads(before: str, after: State) -> bool:
    """Whether the table has this move."""
    return after in TABLE[State(before)]
