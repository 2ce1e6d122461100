"""Keeps programs running together: all start, all answer, all stop; when one ends, none goes on alone."""

import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event

from campaigns.base.offspring import end_with_parent
from tools.setup import ROOT

POLL_SECONDS = 0.1
STOP_SECONDS = 15
"""How long a program may take to finish what it is doing before it is killed."""
STOP_UNREADY_SECONDS = 1
"""The same for one that serves nobody yet: granian's workers do not hear SIGTERM before the app is loaded."""
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Part:
    """One program. `answers` tells whether it is ready; asked until it is."""

    name: str
    command: Sequence[str]
    answers: Callable[[], bool]
    process: subprocess.Popen[bytes] | None = field(default=None)
    ready: bool = field(default=False)

    def start(self) -> None:
        """In a session of its own: Ctrl-C reaches only us, and we stop the parts in order."""
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - no threads yet
        )

    def ended(self) -> int | None:
        return self.process.poll() if self.process else None

    def stop(self) -> None:
        """Also what it leaves behind: a server killed without a word has processes that keep its port."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_SECONDS if self.ready else STOP_UNREADY_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def keep_running(parts: Sequence[Part], when_ready: Callable[[], None]) -> int:
    """Runs the parts until a signal (returns 0) or until one ends by itself (says which, returns 1).

    `when_ready` is called once, when all have answered. Parts are stopped in the order given.
    """
    stop = Event()
    for number in SIGNALS:
        signal.signal(number, lambda *_: stop.set())
    try:
        for part in parts:
            part.start()
        ended = _watch(parts, when_ready, stop)
    finally:
        for part in parts:
            part.stop()
    if ended:
        print(
            f"\nThe {ended.name} ended by itself (code {ended.ended()}), so the others were stopped.",
            flush=True,
        )
        return 1
    print("\nStopped.", flush=True)
    return 0


def _watch(parts: Sequence[Part], when_ready: Callable[[], None], stop: Event) -> Part | None:
    """Returns the part that ended, or None when we were asked to stop."""
    announced = False
    while not stop.wait(POLL_SECONDS):
        for part in parts:
            if part.ended() is not None:
                return part
            part.ready = part.ready or (part.process is not None and part.answers())
        if not announced and all(part.ready for part in parts):
            announced = True
            when_ready()
    return None
