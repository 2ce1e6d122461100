"""The states of a memorandum as a table: which move leads where; and what the calendar makes of them."""

from datetime import date
from enum import StrEnum
from typing import Protocol


class State(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"  # for a moderator
    REFUSED = "refused"
    AGREED = "agreed"  # public; its first day has not come
    IN_FORCE = "in_force"
    ENDED = "ended"  # by its last day
    ENDED_EARLY = "ended_early"  # by somebody, with a reason


class Move(StrEnum):
    SEND = "send"
    WITHDRAW = "withdraw"
    RETURN = "return"
    REFUSE = "refuse"
    APPROVE = "approve"
    REOPEN = "reopen"  # a decision is taken back
    BEGIN = "begin"
    RUN_OUT = "run_out"
    END_EARLY = "end_early"


TABLE: dict[tuple[State, Move], State] = {
    (State.DRAFT, Move.SEND): State.WAITING,
    (State.WAITING, Move.WITHDRAW): State.DRAFT,
    (State.WAITING, Move.RETURN): State.DRAFT,
    (State.WAITING, Move.REFUSE): State.REFUSED,
    (State.WAITING, Move.APPROVE): State.AGREED,
    (State.DRAFT, Move.REOPEN): State.WAITING,
    (State.REFUSED, Move.REOPEN): State.WAITING,
    (State.AGREED, Move.REOPEN): State.WAITING,
    (State.IN_FORCE, Move.REOPEN): State.WAITING,
    (State.AGREED, Move.BEGIN): State.IN_FORCE,
    (State.IN_FORCE, Move.RUN_OUT): State.ENDED,
    (State.AGREED, Move.END_EARLY): State.ENDED_EARLY,
    (State.IN_FORCE, Move.END_EARLY): State.ENDED_EARLY,
}

PUBLIC = (State.AGREED, State.IN_FORCE, State.ENDED, State.ENDED_EARLY)
"""States in which everybody may read a memorandum."""

RUNNING = (State.AGREED, State.IN_FORCE)
"""States the calendar moves on."""


class WrongMove(Exception):
    """The state table has no such move from here."""


class Dated(Protocol):
    """What has a state and two days."""

    state: str
    starts_on: date
    ends_on: date


def after(state: str, move: Move) -> State:
    """Where `move` leads from `state`. Raises `WrongMove`."""
    try:
        return TABLE[State(state), move]
    except KeyError:
        raise WrongMove(f"{move} from {state}") from None


def state_on(thing: Dated, today: date) -> State:
    """The state on a Tehran day, also before the worker has written it down. The last day counts whole."""
    if thing.state not in RUNNING:
        return State(thing.state)
    if today > thing.ends_on:
        return State.ENDED
    return State.AGREED if today < thing.starts_on else State.IN_FORCE
