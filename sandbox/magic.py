"""Magic amounts: the last four digits say what will go wrong, so that a story needs no control API.

They are read in rials, and in tomans where the amount is a whole number of tomans (a form takes nothing
else): 50,011 tomans is refused for want of funds.
"""

from enum import IntEnum


class Magic(IntEnum):
    INSUFFICIENT = 11  # the payer presses «pay», the card is empty
    WRONG_PIN = 13
    MISMATCH = 50  # verify says another amount, in the gateway's own way
    FLAKY = 52  # the first two verifies fail, then all is well
    TWICE = 101  # the callback comes twice
    LOST_ANSWER = 504  # the first verify is booked and its answer lost
    TAB_CLOSED = 900  # the payer pays and closes the tab


def magic(rials: int) -> Magic | None:
    """What the amount asks for, if anything."""
    tails = [rials % 10_000]
    if rials % 10 == 0:
        tails.append(rials // 10 % 10_000)
    return next((Magic(tail) for tail in tails if tail in set(Magic)), None)
