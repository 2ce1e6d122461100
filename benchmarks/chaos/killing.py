"""SIGKILL for a process at random, once a second."""

import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.chaos.parts import Part

EVERY_SECONDS = 1.0


class Killer:
    """`kills` counts by the name of what was killed."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
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
        while not self._over.wait(EVERY_SECONDS):
            name, pid = random.choice(self._living())
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue  # it was ending by itself
            self.kills[name] += 1

    def _living(self) -> list[tuple[str, int]]:
        """Each program, and each process of the site that answers requests."""
        found = []
        for part in self.parts:
            if part.process is None:
                continue
            found.append((part.name, part.process.pid))
            found += [(f"{part.name}, a process of it", pid) for pid in _children(part.process.pid)]
        return found


def _children(pid: int) -> list[int]:
    """Children that serve: `multiprocessing` also has one that only keeps count of semaphores."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        said = {child: Path(f"/proc/{child}/cmdline").read_bytes() for child in children}
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(child) for child, line in said.items() if line and b"resource_tracker" not in line]
