"""Who is acting now: set by the door a signed-in person came through, or by the console."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """`user_id` none: an operator at the console. `role`: the roles that opened this door, in words of the code."""

    user_id: int | None = None
    role: str = ""
    via: str = ""
    request_id: str = ""


acting: ContextVar[Actor | None] = ContextVar("acting", default=None)
"""None: a visitor or the worker, whose doings are not in the audit log."""


@contextmanager
def as_actor(actor: Actor) -> Iterator[None]:
    """What is changed inside is written down as this actor's."""
    token = acting.set(actor)
    try:
        yield
    finally:
        acting.reset(token)
