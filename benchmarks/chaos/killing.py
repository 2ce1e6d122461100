"""SIGKILL for a process picked at random from all that run: the next one a second (KILL_SECONDS) after everything that
donors need answers again. A kill while all is dead still proves nothing, and costs minutes.
"""

import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.chaos.names import BANK, HOUSE
from benchmarks.chaos.parts import Part

LOOK_SECONDS = 0.1
EVERY_SECONDS = float(os.environ.get("KILL_SECONDS", "1"))
NAMES = {BANK: "the bank", HOUSE: "the house: what site and worker are forked from"}
STARTING, WORKER = "one that was just forked", "the worker"
KEEPER, SERVER = "the site: what keeps its processes", "the site: one that serves"


class Killer:
    """`kills` counts by the name of what was killed. `answers`: whether donors find somebody just now;
    `up_seconds`: how long they did, all in all.
    """

    def __init__(self, nursery: Part, answers: Callable[[], bool]) -> None:
        self.nursery, self.answers = nursery, answers
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
            name = kill(self.nursery)
            self.kills[name] += bool(name)


def kill(nursery: Part) -> str:
    """Kills one process, picked from all that it has forked and those have. What it was called; empty: it had ended."""
    name, pid = random.choice([*_processes(nursery)] or [("", 0)])
    if not name:
        return ""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        return name
    return ""


def _processes(nursery: Part) -> Iterator[tuple[str, int]]:
    if nursery.process is None or nursery.process.poll() is not None:
        return
    for program in _children(nursery.process.pid):
        yield NAMES.get(_said(program), STARTING), program
        for child in _children(program):
            serving = _children(child)
            yield KEEPER if serving else WORKER, child
            for one in serving:
                yield SERVER, one


def _said(pid: int) -> str:
    """What a process calls itself."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/comm").read_text().strip()
    return ""


def _children(pid: int) -> list[int]:
    """Children that serve: `multiprocessing` also has one that only keeps count of semaphores."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        said = {child: Path(f"/proc/{child}/cmdline").read_bytes() for child in children}
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(child) for child, line in said.items() if line and b"resource_tracker" not in line]
