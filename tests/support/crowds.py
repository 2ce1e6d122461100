"""Many people at once: real threads, each with its own database session."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from flask import Flask

from campaigns.base.extensions import db

T = TypeVar("T")


def at_once(app: Flask, people: int, act: Callable[[int], T]) -> list[T]:
    """What `act(number)` gives each of `people`, who all begin at the same moment."""
    db.session.commit()
    start = Barrier(people)

    def one(number: int) -> T:
        with app.app_context():
            start.wait()
            return act(number)

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(one, range(people)))
