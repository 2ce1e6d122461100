"""A program of ours in a process group of its own, started again when it ends."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from campaigns.config import ROOT

LOOK_SECONDS = 0.05
ALONE_SECONDS = 0.3
"""How long what is left of a killed program goes on without its parent, before its supervisor has noticed."""


@dataclass
class Part:
    """One program, its children in a process group of its own."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None)
    starts: int = 0

    def start(self) -> None:
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=os.environ | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        self.starts += 1

    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def stop(self, seconds: float = 15) -> None:
        """Asks it to stop, then makes it."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        self.clear()

    def clear(self) -> None:
        """Ends what is left of its group."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Supervisor:
    """Keeps a part running from `running()` on until it is left."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self._over = threading.Event()

    @contextmanager
    def running(self) -> Iterator[None]:
        self.part.start()
        watch = threading.Thread(target=self._watch)
        watch.start()
        try:
            yield
        finally:
            self._over.set()
            watch.join()
            self.part.stop()

    def _watch(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            if self.part.ended():
                self._over.wait(ALONE_SECONDS)
                self.part.clear()
                self.part.start()


def nursery(environment: Mapping[str, str], folder: Path) -> Part:
    command = [sys.executable, "-m", "benchmarks.chaos.nursery"]
    return Part("house and bank", command, environment, folder / "house.log")
