"""Lines on their way to the log, gathered and written together: logging a kept page costs next to nothing."""

import atexit
import os
import threading
from collections import deque
from functools import cache

STDERR = 2
FLUSH_SECONDS = 0.5
MOST_WAITING = 100_000  # lines; when the reader of the log stands still, the oldest are lost


@cache
def to_stderr() -> "LineWriter":
    """The one writer of this process."""
    return LineWriter(STDERR)


class LineWriter:
    """Writes to a file descriptor. `write` returns at once; `info` and `error` wait until the line is out."""

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self._waiting: deque[str] = deque(maxlen=MOST_WAITING)
        self.write = self._waiting.append
        self._start()
        os.register_at_fork(after_in_child=self._start)
        atexit.register(self.flush)

    def info(self, line: str) -> None:
        self.write(line)
        self.flush()

    error = exception = warning = info

    def rest(self) -> None:
        """Ends its thread: this process is about to be forked, and its children write for themselves."""
        self._over.set()
        self._thread.join()
        self.flush()

    def flush(self) -> None:
        with self._writing:
            data = "".join(f"{line}\n" for line in self._taken()).encode(errors="backslashreplace")
            while data:
                data = data[os.write(self.fd, data) :]

    def _taken(self) -> list[str]:
        lines = []
        while self._waiting:
            lines.append(self._waiting.popleft())
        return lines

    def _start(self) -> None:
        self._writing, self._over = threading.Lock(), threading.Event()
        self._thread = threading.Thread(
            target=self._flush_for_ever, args=(self._over,), name="log", daemon=True
        )
        self._thread.start()

    def _flush_for_ever(self, over: threading.Event) -> None:
        while not over.wait(FLUSH_SECONDS):
            if self._waiting:
                self.flush()
