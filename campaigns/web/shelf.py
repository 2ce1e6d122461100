"""Values made from the database and kept in this process while their stamps stand still, as pages are.

For views that cannot be kept themselves but read the same things for everyone: what a campaign asks of a gift.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from flask import current_app

from campaigns.base.readonly import only_reading
from campaigns.web.pagestore import MAX_AGE_SECONDS
from campaigns.web.pageversions import FRESH_SECONDS, VersionBoard, Versions

MOST = 2_000
_NOT_SURE = (None, -1, 0.0)
Value = TypeVar("Value")


class Shelf:
    """At most 2,000 values; the least recently asked for go first. A value must not change once it is made."""

    def __init__(self, board: VersionBoard) -> None:
        self.board = board
        self._kept: OrderedDict[Hashable, tuple[Any, Versions, float]] = OrderedDict()
        self._sure: dict[
            Hashable, tuple[Any, int, float]
        ] = {}  # what needs no look: epoch of the board, until when
        self._lock = Lock()

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._sure = {}

    def get(
        self, key: Hashable, make: Callable[[], Value | None], names: Callable[[Value], frozenset[str]]
    ) -> Value | None:
        """The value of `key`, made when it is new or one of its stamps (`names` of the value) has moved."""
        known, epoch, until = self._sure.get(key, _NOT_SURE)
        if epoch == self.board.epoch and time.monotonic() < until:
            return known  # type: ignore[no-any-return]
        epoch = self.board.epoch
        value, versions, made_at = self._kept.get(key, (None, None, 0.0))
        if versions is not None and time.monotonic() - made_at < MAX_AGE_SECONDS:
            present = self.board.current(versions)
            if present == versions:
                self._sure[key] = value, epoch, self.board.read_at(versions) + FRESH_SECONDS
            if present is None or present == versions:
                return value
        before, made_at = self.board.before(versions), time.monotonic()
        with only_reading():
            value = make()
        versions = before.versions_of(names(value)) if value is not None else None
        with self._lock:
            self._sure.pop(key, None)
            self._kept.pop(key, None)
            if versions is not None:
                self._kept[key] = (value, versions, made_at)
            while len(self._kept) > MOST:
                self._sure.pop(self._kept.popitem(last=False)[0], None)
        return value


def kept(
    key: Hashable, make: Callable[[], Value | None], names: Callable[[Value], frozenset[str]]
) -> Value | None:
    """`Shelf.get` of the present app. None is never kept. Values hold no rows of the database."""
    shelf: Shelf = current_app.extensions["shelf"]
    return shelf.get(key, make, names)
