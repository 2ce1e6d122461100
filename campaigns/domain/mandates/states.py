"""The states of a mandate and of one month's charge, and what a contract may hold."""

from datetime import timedelta
from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"  # filled in; the gateway knows no contract yet
    SIGNING = "signing"  # the gateway has a contract that nobody signed, as far as we know
    ACTIVE = "active"
    PAUSED = "paused"
    STOPPED = "stopped"  # for good: nothing is charged any more
    LAPSED = "lapsed"  # never signed


class Why(StrEnum):
    """Why a mandate stopped, or rests."""

    DONOR = "donor"
    CAMPAIGN = "campaign"  # it has ended
    RESTS = "rests"  # the campaign rests
    REFUSED = "refused"  # the bank says there is no contract any more
    EXPIRED = "expired"


class ChargeState(StrEnum):
    OPEN = "open"
    PAID = "paid"
    FAILED = "failed"  # refused as often as is decent; next month is another month
    DROPPED = "dropped"  # paused or stopped before anything was taken
    REVIEW = "review"  # a person looks at its payment


ALIVE = (State.DRAFT.value, State.SIGNING.value, State.ACTIVE.value, State.PAUSED.value)
STANDING = (State.ACTIVE.value, State.PAUSED.value)

MAX_DAILY, MAX_MONTHLY = 1, 4
"""What the contract allows: one charge a day, and the tries of a month should a bank count those."""
RETRIES = MAX_MONTHLY - 1
"""How often a refused charge is tried again, each on a later day."""
RETRY_AFTER = timedelta(days=2)
LASTS = timedelta(days=365)
ROOM_TO_GROW = 2
"""The contract allows so many times the amount: a donor may raise it later without signing anew."""

SIGN_WITHIN = timedelta(hours=24)
LEASE = timedelta(minutes=3)
"""How long one process may hold a charge: longer than a checkout, a verify and an inquiry that time out."""

_MINUTES = (1, 2, 5, 10, 20, 30)


def pause_after(tries: int) -> timedelta:
    """How long to wait before a gateway that did not answer is asked again."""
    return timedelta(minutes=_MINUTES[tries] if tries < len(_MINUTES) else 60)
