"""Present versions of the stamps: re-read at most once a second per process, at once where bumped."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from weakref import WeakSet

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from campaigns.base import stamps
from campaigns.base.engine import reading

FRESH_SECONDS = 1.0
Versions = dict[str, int]


class VersionBoard:
    """What this process knows about stamps. Opens short connections of its own, outside any app context.

    `epoch` moves whenever this process itself bumped a stamp: with one comparison a page can tell that
    nothing happened here since it was last looked at.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.epoch = 0
        self.heard_at = 0.0  # of the last answer of the database (monotonic seconds)
        self._known: dict[str, tuple[int, float]] = {}  # name → version, read at
        self._halts: dict[str, int] = {}  # of `stamps.of_halt`: what was heard last, never forgotten
        self._wanted: set[str] = set()
        self._asking, self._changing = Lock(), Lock()
        _boards.add(self)

    def forget(self, names: Iterable[str]) -> None:
        """These stamps were just bumped here: the next question about them goes to the database."""
        with self._changing:
            for name in names:
                self._known.pop(name, None)
                if name.startswith(stamps.HALT):
                    self._halts[name] = _MOVED
            self.epoch += 1

    def halted(self, versions: Versions) -> bool:
        """Whether this process knows, though it may not be able to ask now, that something has stopped since then."""
        return any(self._halts.get(name, version) != version for name, version in versions.items())

    def clear(self) -> None:
        with self._changing:
            self._known, self._halts = {}, {}
            self.epoch += 1

    def current(self, names: Iterable[str]) -> Versions | None:
        """Versions at most a second old. None when the database does not answer.

        One query asks for everything asked about since the last one, so busy pages share it.
        """
        names = frozenset(names)
        with self._asking:
            self._wanted |= names
            youngest = time.monotonic() - FRESH_SECONDS
            found = {name: self._known.get(name, _NEVER) for name in names}
            if all(read_at > youngest for _, read_at in found.values()):
                return {name: version for name, (version, _) in found.items()}
            return self._read(names)

    def read_at(self, names: Iterable[str]) -> float:
        """When the oldest of these versions was read (monotonic seconds); now for none."""
        return min((self._known.get(name, _NEVER)[1] for name in names), default=time.monotonic())

    def total(self) -> int | None:
        """The sum of all versions: a clock that moves with every bump. None: the database is away."""
        try:
            with _reader(self.engine) as session:
                return session.scalar(select(func.coalesce(func.sum(stamps.Stamp.version), 0)))
        except SQLAlchemyError:
            return None

    def before(self, names: Iterable[str] | None) -> "Before":
        """To be asked before something is made from the database: `names` is what it depended on last time."""
        if names is None:
            return Before(self, {}, self.total())
        return Before(self, self.current(names) or {}, None)

    def _read(self, names: frozenset[str]) -> Versions | None:
        asked, asked_at, epoch = names | self._wanted, time.monotonic(), self.epoch
        try:
            with _reader(self.engine) as session:
                versions = stamps.versions(session, asked)
        except SQLAlchemyError:
            return None
        with self._changing:
            if epoch == self.epoch:  # else bumped here meanwhile: an answer for now, not one to keep
                self._known = {name: (version, asked_at) for name, version in versions.items()}
                self._halts |= {
                    name: known for name, known in versions.items() if name.startswith(stamps.HALT)
                }
        self._wanted = set(names)
        self.heard_at = asked_at
        return {name: versions[name] for name in names}


@dataclass(frozen=True, slots=True)
class Before:
    """What was known of the stamps before something was made."""

    board: VersionBoard
    versions: Versions
    total: int | None

    def versions_of(self, names: frozenset[str]) -> Versions | None:
        """Versions no newer than what was made, so that a change while it was being made is not lost.

        For stamps known beforehand: those of then. For others: those of now, if no stamp at all has moved.
        None: not known this time; what was made is not kept.
        """
        if names <= self.versions.keys():
            return {name: self.versions[name] for name in names}
        versions = self.board.current(names)
        return versions if self.total is not None and self.total == self.board.total() else None


_NEVER = (0, -1e9)
_MOVED = 0  # no stamp has this version
_boards: WeakSet[VersionBoard] = WeakSet()


@contextmanager
def _reader(engine: Engine) -> Iterator[Session]:
    token = reading.set(True)
    try:
        with Session(engine) as session:
            yield session
    finally:
        reading.reset(token)


def _tell_boards(names: Iterable[str]) -> None:
    for board in list(_boards):
        board.forget(names)


stamps.on_bump(_tell_boards)
