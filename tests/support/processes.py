"""The real server and worker, as processes of their own over the test's database, and the practice bank."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
from flask import Flask

from campaigns.config import ROOT, Settings
from sandbox.bank import Bank
from sandbox.server import running
from sandbox.settings import BankSettings

START_SECONDS = 30


@dataclass
class Live:
    """A process we started. `kill` is SIGKILL for the whole group; `log` is all it has said."""

    process: subprocess.Popen[bytes]
    log_path: Path
    url: str = ""

    @property
    def log(self) -> str:
        return self.log_path.read_text(errors="replace")

    def stop(self) -> int:
        """Asks it to stop, as a terminal would; returns how it ended."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(15)


@dataclass(frozen=True)
class PracticeBank:
    """`url` is where the gateways find it, `bank` is its book and its fault knobs."""

    url: str
    bank: Bank


@dataclass
class Launcher:
    """Starts processes with the settings of the test, and ends them with it."""

    folder: Path
    environment: dict[str, str]
    started: list[Live] = field(default_factory=list)

    def start(self, *command: str, url: str = "", **environment: str) -> Live:
        log_path = self.folder / f"process-{len(self.started)}.log"
        with log_path.open("wb") as log:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment | environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started.append(Live(process, log_path, url))
        return self.started[-1]

    def site(self, workers: int = 1, port: int = 0, along: tuple[str, ...] = (), **environment: str) -> Live:
        """The site, answering, on this port or on a free one. `along`: more options of `flask serve`."""
        port = port or free_port()
        url = f"http://127.0.0.1:{port}"
        own = {"PORT": str(port), "SITE_URL": url} | environment
        command = [sys.executable, "-m", "flask", "--app", "wsgi:app", "serve", "--port", str(port)]
        live = self.start(*command, "--workers", str(workers), *along, url=url, **own)
        _await_answer(live)
        return live

    def worker(self, **environment: str) -> Live:
        """`flask worker`, at work."""
        return self.start(sys.executable, "-m", "flask", "worker", **environment)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(true: Callable[[], object], seconds: float = 20) -> None:
    """Returns as soon as `true()` is; fails after `seconds`. For what another process does."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"not true after {seconds} seconds"
        time.sleep(0.05)


def _await_answer(live: Live) -> None:
    def answers() -> bool:
        assert live.process.poll() is None, f"the server ended at once:\n{live.log}"
        try:
            return requests.get(f"{live.url}/healthz", timeout=5).status_code < 500
        except requests.ConnectionError:
            return False

    wait_until(answers, START_SECONDS)


@pytest.fixture
def practice_bank(tmp_path: Path) -> Iterator[PracticeBank]:
    """The practice bank in a thread of this process."""
    with running(BankSettings(data_dir=tmp_path / "bank")) as (url, bank):
        yield PracticeBank(url, bank)


@pytest.fixture
def launcher(
    app: Flask, settings: Settings, practice_bank: PracticeBank, tmp_path: Path
) -> Iterator[Launcher]:
    """For tests that start, kill and restart the house themselves."""
    environment = os.environ | {
        "POOYESH_ENV": "development",
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": settings.secret_key,
        "LEDGER_KEY": settings.ledger_key,
        "ZARINPAL_BASE_URL": practice_bank.url,
        "ZIBAL_BASE_URL": practice_bank.url,
        "SEP_BASE_URL": practice_bank.url,
        "RATE_LIMITS": "off",
        "FLASK_APP": "wsgi:app",
        "PYTHONUNBUFFERED": "1",
    }
    launcher = Launcher(tmp_path, environment)
    yield launcher
    for live in launcher.started:
        if live.process.poll() is None:
            live.kill()


@pytest.fixture
def live_server(launcher: Launcher) -> Live:
    """The site in a process of its own, over the test's database and the practice bank."""
    return launcher.site()


@pytest.fixture
def live_worker(launcher: Launcher) -> Live:
    """The worker in a process of its own, over the test's database and the practice bank."""
    return launcher.worker()
