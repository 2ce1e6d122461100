"""One text message to a mobile telephone, and what a provider that sends it must be able to do."""

from dataclasses import dataclass
from typing import Protocol

SEGMENT, JOINED = 70, 67
"""Characters of a Persian message that goes alone, and of each part of one that is put together."""
LONGEST = 2 * JOINED


class TextError(Exception):
    """The message was not handed over. Says why, without the number and without what was written."""


@dataclass(frozen=True)
class Text:
    """`number` as +989…; `reference` stays the same when a message is sent again, so that a provider can tell."""

    number: str
    body: str
    reference: str


class Sender(Protocol):
    """A provider of text messages: one file of `campaigns/senders/` each."""

    def send(self, text: Text) -> None:
        """Returns once the provider has taken it. Raises `TextError`; never tries twice."""


def length(body: str) -> int:
    """In the units that are counted and paid for."""
    return len(body.encode("utf-16-le")) // 2


def segments(body: str) -> int:
    """How many messages a Persian text is paid as."""
    return 1 if length(body) <= SEGMENT else -(-length(body) // JOINED)
