"""The states of a declared transfer as a table. Nothing but CREDITED is final: late money wins.

What was credited to the wrong gift goes back to the state it was in by two people's decision alone (`uncredit`).
"""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    AWAITING = "awaiting"  # declared: the donor is on the way to pay
    SUBMITTED = "submitted"  # the donor says it is paid, and how to find it
    RECEIPT_OK = "receipt_ok"  # people looked at what was shown; no money yet
    CREDITED = "credited"  # a line of the bank's statement is in the book
    REFUSED = "refused"  # people looked and say no, with a reason
    EXPIRED = "expired"  # nothing was heard until the deadline


S = State
TABLE: Mapping[State, frozenset[State]] = {
    S.AWAITING: frozenset({S.SUBMITTED, S.CREDITED, S.REFUSED, S.EXPIRED}),
    S.SUBMITTED: frozenset({S.SUBMITTED, S.RECEIPT_OK, S.CREDITED, S.REFUSED}),
    S.RECEIPT_OK: frozenset({S.SUBMITTED, S.CREDITED, S.REFUSED}),  # taken back, or something new was shown
    S.CREDITED: frozenset(),
    S.REFUSED: frozenset({S.SUBMITTED, S.AWAITING, S.CREDITED}),  # the refusal was taken back
    S.EXPIRED: frozenset({S.SUBMITTED, S.CREDITED}),  # the donor was late
}
OPEN = (S.AWAITING.value, S.SUBMITTED.value, S.RECEIPT_OK.value)
"""States in which a claim holds its amount: nobody else is asked for the same."""

HOLDS = "holds_amount AND state IN ('awaiting', 'submitted', 'receipt_ok')"
"""Of the claims that hold their amount; in the words of their index, which both engines must recognize."""


def before(after: State) -> tuple[str, ...]:
    """The states a claim may be in right before `after`, as the database has them."""
    return tuple(state.value for state, to in TABLE.items() if after in to)


class AccountState(StrEnum):
    PROPOSED = "proposed"  # one person has written it down
    ON = "on"  # another has looked at it: donors see it
    OFF = "off"
    REFUSED = "refused"
