"""Programs that one process forks from what it has made: they share its memory, and one that ends is forked anew.

That process does nothing else. What it holds therefore stays as it was, and no thread of its own is running and no
lock is held when it forks.
"""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

SIGNALS = frozenset({signal.SIGINT, signal.SIGTERM})
LEAST_SECONDS = 5.0
"""A program that ends by itself sooner will not do better the next time."""
_SET_PARENT_DEATH_SIGNAL = 1  # prctl(2)


def end_with_parent(how: signal.Signals = signal.SIGTERM) -> None:
    """Asks Linux to stop this program when the one that started it dies without a word. Elsewhere nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, how)


class Offspring:
    """`programs`: what each is called and what it runs. The first is the one that all live for."""

    def __init__(self, programs: Mapping[str, Callable[[], object]]) -> None:
        self.programs, self.first = programs, next(iter(programs))
        self.alive: dict[int, tuple[str, float]] = {}  # by process id: its name, and when it began
        self.stopping = False

    def keep(self) -> int:
        """Runs them until SIGTERM or Ctrl-C (returns 0), until the first one ends by itself, or until another cannot be
        kept alive (returns 1): then whoever keeps us starts everything anew. None of them is left alive. One that was
        killed from outside (SIGKILL, also by a kernel short of memory) is forked anew at once.
        """
        for number in SIGNALS:
            signal.signal(number, lambda *_: self._stop())
        for name in self.programs:
            self._start(name)
        broken = False
        while self.alive:
            ended, status = os.wait()
            name, began = self.alive.pop(ended, ("", 0.0))
            if not name or self.stopping:
                continue
            lived = name != self.first and time.monotonic() - began >= LEAST_SECONDS
            if lived or os.waitstatus_to_exitcode(status) == -signal.SIGKILL:
                self._start(name)
            else:
                broken = True
                self._stop()
        return int(broken)

    def _stop(self) -> None:
        self.stopping = True
        for process in self.alive:
            os.kill(process, signal.SIGTERM)

    def _start(self, name: str) -> None:
        parent = os.getpid()
        with _no_signals():
            if self.stopping:
                return
            child = os.fork()
            if child:
                self.alive[child] = name, time.monotonic()
            else:
                self._leave(parent)
        if not child:
            self.programs[name]()
            sys.exit()

    def _leave(self, parent: int) -> None:
        """The new process is nobody's parent, and goes when its own does."""
        self.alive = {}
        for number in SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        end_with_parent()
        if os.getppid() != parent:
            sys.exit()


@contextmanager
def _no_signals() -> Iterator[None]:
    """One that comes meanwhile waits: whom we start must be known when it is told to stop."""
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
