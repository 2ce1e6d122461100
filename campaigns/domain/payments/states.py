"""The states of a payment attempt as a table (the numbers are those of the payment design, T1 to T12).

A negative end is never final: late money wins. PAID never becomes a negative state.
"""

from datetime import timedelta
from enum import StrEnum


class State(StrEnum):
    CREATED = "created"
    REQUEST_FAILED = "request_failed"
    REDIRECTED = "redirected"
    SOFT_CANCELLED = "soft_cancelled"  # the donor came back; only a hint
    VERIFYING = "verifying"
    PAID = "paid"
    NOT_PAID = "not_paid"
    EXPIRED = "expired"
    REVIEW = "review"


S = State
TABLE: dict[State, frozenset[State]] = {
    S.CREATED: frozenset({S.REDIRECTED, S.REQUEST_FAILED, S.EXPIRED}),
    S.REQUEST_FAILED: frozenset(),
    S.REDIRECTED: frozenset({S.SOFT_CANCELLED, S.VERIFYING, S.NOT_PAID, S.EXPIRED}),
    S.SOFT_CANCELLED: frozenset({S.VERIFYING, S.NOT_PAID, S.EXPIRED}),
    S.VERIFYING: frozenset({S.VERIFYING, S.PAID, S.NOT_PAID, S.EXPIRED, S.REVIEW}),
    S.PAID: frozenset(),
    S.NOT_PAID: frozenset({S.VERIFYING}),
    S.EXPIRED: frozenset({S.VERIFYING}),
    S.REVIEW: frozenset(),
}

CLAIMABLE = tuple(
    state.value for state, to in TABLE.items() if S.VERIFYING in to and state is not S.VERIFYING
)
POLLED = (S.REDIRECTED.value, S.SOFT_CANCELLED.value, S.VERIFYING.value)
"""States the sweeper asks about."""

LEASE = timedelta(seconds=60)
"""How long one process may hold an attempt while it asks the gateway; longer than connect plus read time-out."""

CREATED_FOR = timedelta(minutes=30)
FIRST_CHECK = timedelta(seconds=30)
_MINUTES = (1, 2, 5, 10, 15, 20, 25, 30)


def can(before: str, after: State) -> bool:
    """Whether the table has this move."""
    return after in TABLE[State(before)]


def pause_after(tries: int) -> timedelta:
    """How long to wait before asking again: minutes first, then hourly."""
    return timedelta(minutes=_MINUTES[tries - 1] if 1 <= tries <= len(_MINUTES) else 60)
