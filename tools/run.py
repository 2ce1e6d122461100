"""`make run`: the site, its worker and the practice bank on this machine, ready to try."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory

from campaigns.config import BadSettings, from_environment
from tools import assets, translations, unchanged
from tools.setup import PYTHON, ROOT
from tools.supervisor import Part, keep_running

HOST = "127.0.0.1"
WORKERS = 2
THREADS = 4
"""Of each site process: how many requests may wait for the bank or the database at the same time."""


def main() -> int:
    os.chdir(ROOT)
    if os.environ.get("POOYESH_ENV") == "production":
        print("`make run` is for trying. README.md («Going to production») says how to serve the public.")
        return 2
    port, bank_port = _port("PORT", 8000), _port("BANK_PORT", 8010)
    os.environ |= {"PORT": str(port), "BANK_PORT": str(bank_port), "PYTHONUNBUFFERED": "1"}
    os.environ.setdefault("GATEWAYS", "zarinpal zibal sep")  # the practice bank speaks all of them
    assets.build()
    translations.compile_all()
    logins = _prepared()
    if logins is None:
        return 2
    site = f"http://{HOST}:{port}"
    parts = [
        Part("site and worker", _site(port), lambda: _answers(port, "/healthz")),
        Part("practice bank", [str(PYTHON), "-m", "sandbox"], lambda: _answers(bank_port, "/")),
    ]
    return keep_running(parts, lambda: _welcome(site, f"http://{HOST}:{bank_port}", logins))


def _site(port: int) -> Sequence[str]:
    options = ["--host", HOST, "--port", str(port), "--workers", str(WORKERS), "--threads", str(THREADS)]
    return [str(PYTHON), "-m", "flask", "--app", "wsgi:app", "serve", "--with-worker", *options]


def _port(name: str, usual: int) -> int:
    """A port from the environment. Ends the program with a sentence when it is none, or taken."""
    said = os.environ.get(name, str(usual))
    if not said.isdigit() or not 0 < int(said) < 65536:
        sys.exit(f"{name} must be a number from 1 to 65535, not «{said}».")
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(said)))
        except OSError as error:
            sys.exit(f"Port {said} cannot be used ({error.strerror}). Choose another: {name}=… make run")
    return int(said)


def _answers(port: int, path: str) -> bool:
    """Whether an HTTP server there answers with anything but a failure."""
    with closing(HTTPConnection(HOST, port, timeout=5)) as connection:
        try:
            connection.request("GET", path)
            return connection.getresponse().status < 500
        except (OSError, HTTPException):
            return False


def _prepared() -> str | None:
    """Makes the database ready; returns who may sign in. None: it could not, and has said why."""
    try:
        before = unchanged.logins_of_last_time(from_environment())
    except (BadSettings, OSError):
        before = None  # preparing says what is wrong
    if before is not None:
        return before
    with TemporaryDirectory() as folder:
        logins = Path(folder) / "logins"
        command = [PYTHON, "-m", "tools.prepare", logins]
        if subprocess.run(command, start_new_session=True, check=False).returncode:
            return None
        return logins.read_text(encoding="utf-8")


def _welcome(site: str, bank: str, logins: str) -> None:
    print(f"\nThe site:           {site}/")
    print(f"The practice bank:  {bank}/")
    print(f"Letters it wrote:   {site}/outbox\n")
    print(logins or "No sample people live here: this database has its own.")
    print("Ctrl-C stops all three.", flush=True)


def _interruptible() -> int:
    """Ctrl-C and SIGTERM end it quietly, also while it prepares."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return main()
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
        return 0


if __name__ == "__main__":
    sys.exit(_interruptible())
