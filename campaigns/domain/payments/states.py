"""The states of a payment attempt as a table (the numbers are those of the payment design, T1 to T18).

A negative end is never final: late money wins. PAID never becomes a negative state: it may only be taken back, by two
people, and REVERSED is said once the money is with its payer again.
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
    REVERSING = "reversing"  # two people have decided that it goes back; its bank has not confirmed it yet
    REVERSED = "reversed"


S = State
TABLE: dict[State, frozenset[State]] = {
    S.CREATED: frozenset({S.REDIRECTED, S.REQUEST_FAILED, S.EXPIRED}),  # T2, T3 and T4, T5
    S.REQUEST_FAILED: frozenset(),
    S.REDIRECTED: frozenset({S.SOFT_CANCELLED, S.VERIFYING, S.NOT_PAID, S.EXPIRED}),  # T6, T7, T10, T11
    S.SOFT_CANCELLED: frozenset({S.VERIFYING, S.NOT_PAID, S.EXPIRED}),
    S.VERIFYING: frozenset({S.VERIFYING, S.PAID, S.NOT_PAID, S.EXPIRED, S.REVIEW}),  # T9, T8, T10, T11, T12
    S.PAID: frozenset({S.REVERSING}),  # T15
    S.NOT_PAID: frozenset({S.VERIFYING}),  # T7
    S.EXPIRED: frozenset({S.VERIFYING}),  # T7
    S.REVIEW: frozenset(
        {S.PAID, S.REVERSING, S.REVERSED}
    ),  # T13, T14: two people decide; the bank gave it back
    S.REVERSING: frozenset({S.REVERSING, S.REVERSED, S.PAID, S.REVIEW}),  # T18, T16, T17 to where it was
    S.REVERSED: frozenset(),
}


def before(after: State) -> tuple[str, ...]:
    """The states an attempt may be in right before `after`, as the database has them."""
    return tuple(state.value for state, to in TABLE.items() if after in to)


CLAIMABLE = tuple(state for state in before(S.VERIFYING) if state != S.VERIFYING)
"""States in which anybody may begin to ask the gateway; a VERIFYING one only once its lease is over."""

TAKES_MONEY = before(S.VERIFYING)
"""States in which verified money is booked: a slow process may lose its lease, never the money."""

LEASE = timedelta(seconds=60)
"""How long one process may hold an attempt: longer than a verify and an inquiry that time out."""

CREATED_FOR = timedelta(minutes=30)
"""After this a session that was never opened is given up."""

FIRST_CHECK = timedelta(seconds=30)

GATEWAY_DECIDES_WITHIN = timedelta(minutes=30)
"""After this a «not paid» is believed; before, the donor may still be typing a card number."""

_MINUTES = (1, 2, 5, 10, 15, 20, 25, 30)


def pause_after(tries: int) -> timedelta:
    """How long to wait before asking again: minutes first, then hourly."""
    return timedelta(minutes=_MINUTES[tries - 1] if 1 <= tries <= len(_MINUTES) else 60)
