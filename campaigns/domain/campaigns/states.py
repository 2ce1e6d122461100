"""The states of a campaign as a table: which move leads where. One function walks it."""

from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    NEEDS_WORK = "needs_work"
    APPROVED = "approved"  # waits for its first day
    LIVE = "live"
    PAUSED = "paused"
    FROZEN = "frozen"  # a moderator stopped all giving at once; another one thaws it
    ENDED = "ended"
    CANCELLED = "cancelled"


class Move(StrEnum):
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    APPROVE = "approve"
    REOPEN = "reopen"  # an approval is taken back
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    FREEZE = "freeze"
    THAW = "thaw"  # on as before: at once, or on its first day
    THAW_PAUSED = "thaw_paused"  # it was paused before it was frozen
    CONDEMN = "condemn"  # what was reported is true: it never goes on
    END = "end"
    CANCEL = "cancel"


TABLE: dict[tuple[State, Move], State] = {
    (State.DRAFT, Move.SUBMIT): State.SUBMITTED,
    (State.NEEDS_WORK, Move.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Move.WITHDRAW): State.DRAFT,
    (State.SUBMITTED, Move.RETURN): State.NEEDS_WORK,
    (State.SUBMITTED, Move.APPROVE): State.APPROVED,
    (State.NEEDS_WORK, Move.REOPEN): State.SUBMITTED,
    (State.APPROVED, Move.REOPEN): State.SUBMITTED,
    (State.LIVE, Move.REOPEN): State.SUBMITTED,
    (State.CANCELLED, Move.REOPEN): State.SUBMITTED,
    (State.APPROVED, Move.START): State.LIVE,
    (State.LIVE, Move.PAUSE): State.PAUSED,
    (State.PAUSED, Move.RESUME): State.LIVE,
    (State.APPROVED, Move.FREEZE): State.FROZEN,
    (State.LIVE, Move.FREEZE): State.FROZEN,
    (State.PAUSED, Move.FREEZE): State.FROZEN,
    (State.FROZEN, Move.THAW): State.APPROVED,
    (State.FROZEN, Move.THAW_PAUSED): State.PAUSED,
    (State.FROZEN, Move.CONDEMN): State.CANCELLED,
    (State.LIVE, Move.END): State.ENDED,
    (State.PAUSED, Move.END): State.ENDED,
    (State.DRAFT, Move.CANCEL): State.CANCELLED,
    (State.SUBMITTED, Move.CANCEL): State.CANCELLED,
    (State.NEEDS_WORK, Move.CANCEL): State.CANCELLED,
    (State.APPROVED, Move.CANCEL): State.CANCELLED,
    (State.LIVE, Move.CANCEL): State.CANCELLED,
    (State.PAUSED, Move.CANCEL): State.CANCELLED,
}

PUBLIC = frozenset({State.LIVE, State.PAUSED, State.FROZEN, State.ENDED, State.CANCELLED})
"""States in which a campaign has a public page, once it has been live."""

ANNOUNCED = PUBLIC | {State.APPROVED}
"""States whose campaigns the public can read of: an approved one announces its first day."""

EDITABLE = frozenset({State.DRAFT, State.NEEDS_WORK})
"""States in which an organizer's changes are written at once; later they go through moderation."""


class WrongMove(Exception):
    """The state table has no such move from here."""


def after(state: str, move: Move) -> State:
    """Where `move` leads from `state`. Raises `WrongMove`."""
    try:
        return TABLE[State(state), move]
    except KeyError:
        raise WrongMove(f"{move} from {state}") from None
