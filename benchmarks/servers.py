"""The servers under test, each a process group of its own on a free port, as `make run` starts them."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from campaigns.config import ROOT
from tools.run import HOST, THREADS, WORKERS

START_SECONDS = 30


@dataclass
class Server:
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def memory_mb(self) -> float:
        """What its processes take of the machine now, in MB: pages they share are counted once (PSS)."""
        return sum(_pss_kb(pid) for pid in _family(self.process.pid)) / 1024

    def peak_rss_mb(self) -> float:
        """The sum of the largest resident sizes its processes have had, in MB."""
        return sum(peak_rss_mb(pid) for pid in _family(self.process.pid))


@contextmanager
def granian(app: str, folder: Path, *more: str, **environment: str) -> Iterator[Server]:
    """`benchmarks.apps:<app>` on granian; with "worker" the house's worker beside it, as `make run` has it."""
    port = free_port()
    shape = [HOST, str(port), str(WORKERS), str(THREADS)]
    command = [sys.executable, "-m", "benchmarks.serve", f"benchmarks.apps:{app}", *shape, *more]
    with process(command, folder / f"{app}.log", PORT=str(port), **environment) as started:
        _await(port, started, folder / f"{app}.log")
        yield Server(port, started, folder / f"{app}.log")


@contextmanager
def nginx(folder: Path, body: bytes) -> Iterator[Server | None]:
    """nginx with `body` as a static file at `/page`. None where it is not installed."""
    binary = which("nginx")
    if binary is None:
        yield None
        return
    port, files = free_port(), folder / "nginx"
    files.mkdir()
    (files / "page").write_bytes(body)
    user = "user root;" if os.geteuid() == 0 else ""
    (files / "nginx.conf").write_text(
        f"{user} worker_processes {WORKERS}; daemon off; pid {files}/pid; error_log {files}/error.log;\n"
        "events { worker_connections 512; }\n"
        "http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;"
        " default_type text/html; open_file_cache max=10;"
        f" server {{ listen 127.0.0.1:{port}; root {files}; }} }}\n"
    )
    with process([binary, "-c", str(files / "nginx.conf")], folder / "nginx.log") as started:
        _await(port, started, folder / "nginx.log")
        yield Server(port, started, folder / "nginx.log")


@contextmanager
def process(command: list[str], log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out:
        started = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | environment, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield started
    finally:
        if started.poll() is None:
            started.terminate()
        try:
            started.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            started.wait()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int, started: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if started.poll() is not None:
            raise RuntimeError(f"the server ended at once:\n{log.read_text()[-4000:]}")
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"no answer on port {port}:\n{log.read_text()[-4000:]}")


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in _family(int(child)))]


def _pss_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def peak_rss_mb(pid: int) -> float:
    """The largest resident size a process has had since it began its program; 0 for one that has just ended."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)
