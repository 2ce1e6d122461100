"""Who is acting now: set by the door a signed-in person came through, or by the console."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """`role` names the roles that opened this door, in words of the code.

    `user_id` none: nobody of the house; `role` says who then: an operator at the console (empty), `WORKER`, `VISITOR`.
    """

    user_id: int | None = None
    role: str = ""
    via: str = ""
    request_id: str = ""


WORKER = "worker"
"""What follows from the calendar or from what was found, and nobody pressed a button for."""
VISITOR = "visitor"
"""Somebody who tries to get in; what visitors give and send has books of its own."""
acting: ContextVar[Actor | None] = ContextVar("acting", default=None)
"""None: a visitor, or a job of the worker whose doings have a book of their own (`cli.worker`)."""


@contextmanager
def as_actor(actor: Actor) -> Iterator[None]:
    """What is changed inside is written down as this actor's."""
    token = acting.set(actor)
    try:
        yield
    finally:
        acting.reset(token)
