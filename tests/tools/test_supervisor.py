"""Programs that run together stop together."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tools.supervisor import SIGNALS, Part, keep_running

WAITS = "import time; time.sleep(600)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"


def part(name: str, code: str = WAITS) -> Part:
    return Part(name, [sys.executable, "-c", code], lambda: True)


def alive(pid: int) -> bool:
    """Whether it still runs: one that has ended and waits for its parent has no command line."""
    line = Path(f"/proc/{pid}/cmdline")
    return line.exists() and bool(line.read_text())


@pytest.fixture(autouse=True)
def signals_as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@contextmanager
def ctrl_c_soon() -> Iterator[None]:
    """A signal to this very process, once the parts run."""
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    yield
    timer.join()


def test_a_signal_stops_all_of_them_and_that_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    parts, ready = [part("site"), part("worker")], []
    with ctrl_c_soon():
        assert keep_running(parts, lambda: ready.append(True)) == 0
    assert [one.ended() for one in parts] == [-signal.SIGTERM] * 2
    assert ready == [True]
    assert "Stopped" in capsys.readouterr().out


def test_when_one_ends_the_others_do_not_go_on_alone(capsys: pytest.CaptureFixture[str]) -> None:
    parts = [part("site"), part("worker", "raise SystemExit(7)"), part("bank")]
    assert keep_running(parts, list) == 1
    assert [one.ended() for one in parts] == [-signal.SIGTERM, 7, -signal.SIGTERM]
    assert "The worker ended by itself (code 7)" in capsys.readouterr().out


def test_who_does_not_hear_is_killed_in_the_end() -> None:
    deaf = Part("deaf", [sys.executable, "-c", DEAF], lambda: False)
    with ctrl_c_soon():
        assert keep_running([deaf], list) == 0
    assert deaf.ended() in {-signal.SIGKILL, -signal.SIGTERM}


def test_what_a_killed_program_leaves_behind_does_not_keep_its_port(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    leaves = (
        "import os, pathlib, signal, subprocess, sys\n"
        f"left = subprocess.Popen([sys.executable, '-c', {WAITS!r}])\n"
        f"pathlib.Path({str(note)!r}).write_text(str(left.pid))\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert keep_running([part("site", leaves), part("worker")], list) == 1
    while alive(int(note.read_text())):
        time.sleep(0.05)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a program that its parent died")
def test_nothing_stays_behind_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    child = (
        f"import os, pathlib, time; pathlib.Path({str(note)!r}).write_text(str(os.getpid())); time.sleep(600)"
    )
    code = (
        "import sys; from tools.supervisor import Part, keep_running; "
        f"keep_running([Part('x', [sys.executable, '-c', {child!r}], lambda: True)], list)"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as supervisor:
        while not note.exists() or not note.read_text():
            time.sleep(0.05)
        supervisor.kill()
    while alive(int(note.read_text())):
        time.sleep(0.05)
