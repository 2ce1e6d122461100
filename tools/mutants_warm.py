"""The tests collected once, run once and watched; then each mutant in a fork of that process.

A child has everything in memory, the app and its database too, runs only the tests that came by the changed
statement, and ends at the first that fails.
"""

import gc
import os
import signal
import time
from collections.abc import Callable, Iterable, Sequence

import pytest

from tools.mutants_live import FUNCTION, put
from tools.mutants_seen import Seen, Watch
from tools.mutations import Mutant

SOUND, KILLED, NOT_HERE = 0, 1, 2
SLOWEST = 6
"""A mutant that takes so many times as long as its tests do, runs for ever: noticed."""
PATIENCE = 10.0


class Hunt:
    """A plugin of pytest: watches every test that is not in `seen`, then leaves the rest to `hunted`."""

    def __init__(
        self,
        paths: Iterable[str],
        seen: Seen,
        keep: Callable[[Seen], None],
        hunted: Callable[["Hunt"], None],
    ) -> None:
        self.seen = seen
        self._watch, self._keep, self._hunted = Watch(paths), keep, hunted
        self._items: dict[str, pytest.Function] = {}
        self._session: pytest.Session | None = None
        self._tell: int | None = None
        self.failed: set[str] = set()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._session = session
        self._items = {item.nodeid: item for item in session.items if isinstance(item, pytest.Function)}
        for name in [name for name in self.seen.lines if name not in self._items]:
            del self.seen.lines[name]  # it is called something else now
        for name in self._unseen():
            with self._watch:
                self._run(self._items[name])
            if name not in self.failed:  # else it proves nothing about mutants
                self._watch.into(self.seen, name)
        self._keep(self.seen)
        gc.freeze()
        self._hunted(self)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and self._tell is not None:
            os.write(self._tell, report.nodeid.encode())
            os._exit(KILLED)
        if report.failed:
            self.failed.add(report.nodeid)

    def _unseen(self) -> list[str]:
        """And one of those that are known and ask for the app: with it the database is there."""
        known = [name for name, item in self._items.items() if name in self.seen.lines]
        asks = [name for name in known if "app" in self._items[name].fixturenames]
        return asks[:1] + [name for name in self._items if name not in self.seen.lines]

    def tried(self, mutant: Mutant) -> tuple[int, str]:
        """`SOUND`, `KILLED` and by which test, or `NOT_HERE`: it can only be seen when it is loaded in place of its
        module.
        """
        tests = self.seen.tests(mutant.place.path, mutant.line)
        return self._forked(lambda: put(mutant), tests)

    def unsound(self, names: Iterable[str]) -> list[str]:
        """Those of the tests that fail in a fork while nothing is broken: they have proved nothing."""
        return [name for name in names if self._forked(lambda: FUNCTION, [name])[0] != SOUND]

    def _forked(self, change: Callable[[], str | None], tests: Sequence[str]) -> tuple[int, str]:
        reads, writes = os.pipe()
        child = os.fork()
        if child == 0:
            self._child(change, tests, writes)
        os.close(writes)
        code = waited(child, PATIENCE + SLOWEST * sum(self.seen.seconds[name] for name in tests))
        with os.fdopen(reads) as heard:
            return code, heard.read()

    def _child(self, change: Callable[[], str | None], tests: Iterable[str], tell: int) -> None:
        os.setpgid(0, 0)
        gc.disable()  # what is in memory is looked at by nobody, and so not copied
        self._tell, code = tell, NOT_HERE
        try:
            changed = change()
            for name in tests if changed else ():
                self._run(self._items[name])
            code = SOUND if changed == FUNCTION else NOT_HERE
        finally:
            os._exit(code)

    def _run(self, item: pytest.Item) -> None:
        """What the session shares stays for the next test, whichever that is."""
        assert self._session is not None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=self._session)


def waited(child: int, seconds: float) -> int:
    """How the child ended; `KILLED` when it took too long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return KILLED
