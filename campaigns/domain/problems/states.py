"""How a reported problem stands, as a table: which move leads where. And what kinds of problems there are."""

from enum import StrEnum


class State(StrEnum):
    WAITING = "waiting"  # for a moderator
    ASKED = "asked"  # the reporter was asked something
    UPHELD = "upheld"  # it was so, and something was done
    DISMISSED = "dismissed"


class Move(StrEnum):
    ASK = "ask"
    ANSWER = "answer"
    UPHOLD = "uphold"
    DISMISS = "dismiss"
    APPEAL = "appeal"
    REOPEN = "reopen"  # a decision is taken back


class Kind(StrEnum):
    FALSE = "false"
    MONEY = "money"
    PRIVACY = "privacy"
    CONDUCT = "conduct"
    PRESSURE = "pressure"
    OTHER = "other"


TABLE: dict[tuple[State, Move], State] = {
    (State.WAITING, Move.ASK): State.ASKED,
    (State.ASKED, Move.ANSWER): State.WAITING,
    (State.WAITING, Move.UPHOLD): State.UPHELD,
    (State.WAITING, Move.DISMISS): State.DISMISSED,
    (State.UPHELD, Move.APPEAL): State.WAITING,
    (State.DISMISSED, Move.APPEAL): State.WAITING,
    (State.ASKED, Move.REOPEN): State.WAITING,
    (State.UPHELD, Move.REOPEN): State.WAITING,
    (State.DISMISSED, Move.REOPEN): State.WAITING,
}
CLOSED = frozenset({State.UPHELD, State.DISMISSED})


class WrongMove(Exception):
    """The table has no such move from here."""


class Refused(Exception):
    """Not done; `why` is a word for the door to put into a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def after(state: str, move: Move) -> State:
    """Where `move` leads from `state`. Raises `WrongMove`."""
    try:
        return TABLE[State(state), move]
    except KeyError:
        raise WrongMove(f"{move} from {state}") from None
