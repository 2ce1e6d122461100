"""SIGKILL for a process picked at random from all that run: the next one a second (KILL_SECONDS) after everything that
donors need answers again. A kill while all is dead still proves nothing, and costs minutes.
"""

import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.chaos.parts import Part

LOOK_SECONDS = 0.1
EVERY_SECONDS = float(os.environ.get("KILL_SECONDS", "1"))


class Killer:
    """`kills` counts by the name of what was killed. `answers`: whether donors find somebody just now;
    `up_seconds`: how long they did, all in all.
    """

    def __init__(self, parts: Sequence[Part], answers: Callable[[], bool]) -> None:
        self.parts, self.answers = parts, answers
        self.up_seconds = 0.0
        self.kills: Counter[str] = Counter()
        self._over = threading.Event()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        thread = threading.Thread(target=self._kill)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()

    def _kill(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            if not self.answers():
                continue
            self._over.wait(EVERY_SECONDS)
            self.up_seconds += EVERY_SECONDS
            name = kill(self.parts)
            self.kills[name] += bool(name)


def kill(parts: Sequence[Part]) -> str:
    """Kills one process, picked from all that run. What it was called; empty: it had ended."""
    name, pid = random.choice([(name, pid) for part in parts for name, pid in processes(part)] or [("", 0)])
    if not name:
        return ""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        return name
    return ""


def processes(part: Part) -> Iterator[tuple[str, int]]:
    """Of a program that runs: itself, and all that it has forked, each under a name."""
    if part.process is None or part.process.poll() is not None:
        return
    pid = part.process.pid
    yield part.name, pid
    for child in _children(pid):
        own = _children(child)
        yield (part.forks[bool(own)], child)
        for one in own:
            yield (part.forks[-1], one)


def _children(pid: int) -> list[int]:
    """Children that serve: `multiprocessing` also has one that only keeps count of semaphores."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        said = {child: Path(f"/proc/{child}/cmdline").read_bytes() for child in children}
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(child) for child, line in said.items() if line and b"resource_tracker" not in line]
