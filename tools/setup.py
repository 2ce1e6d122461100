"""`make setup`, `make dev`: a virtual environment with pinned, hash-checked packages. Needs nothing.

Runs under any Python 3.7 or newer, to be able to say which one is needed. Safe to call again: what is already
there is not installed again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
NEEDED = (3, 11)
PYTHON_NAME = f"python{sys.version_info[0]}.{sys.version_info[1]}"
RUN = ("requirements.txt", "requirements-build.txt")
DEV = "requirements-dev.txt"
DEBIAN_HINT = "on Debian and Ubuntu: apt install python3 python3-venv"


def main(kind: str) -> None:
    """Makes `.venv` ready for `run` or `dev`."""
    _own_python()
    if not (VENV / "lib" / PYTHON_NAME).is_dir() or not PYTHON.exists() or not STAMP.exists():
        _make_venv()
    install(*((DEV,) if kind == "dev" else RUN))


def install(*names: str) -> None:
    """Installs the requirement files that are not installed yet. Ends the program when pip cannot."""
    installed = set(STAMP.read_text().splitlines())
    wanted = [name for name in names if _fingerprint(name) not in installed]
    if not wanted:
        return
    print(f"Installing {' and '.join(wanted)} (about a minute the first time) …", flush=True)
    _pip_install(wanted)
    covered = {*wanted, *(RUN if DEV in wanted else ())}
    STAMP.write_text("\n".join(sorted(installed | {_fingerprint(name) for name in covered})))


def _own_python() -> None:
    """Goes on under a newer Python where this one is too old; without one, says what to install."""
    if sys.version_info < NEEDED:
        for minor in range(20, NEEDED[1] - 1, -1):
            newer = shutil.which(f"python3.{minor}")
            if newer:
                os.execv(newer, [newer, *sys.argv])  # noqa: S606 - the same program, a newer Python
        sys.exit(
            f"Python {NEEDED[0]}.{NEEDED[1]} or newer is needed, this is {sys.version.split()[0]} ({DEBIAN_HINT})."
        )
    if not (find_spec("venv") and find_spec("ensurepip")):
        sys.exit(f"Python's venv module is missing ({DEBIAN_HINT}).")


def _make_venv() -> None:
    print("Making .venv …", flush=True)
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        sys.exit(f"Could not make .venv ({DEBIAN_HINT}).\n{made.stdout}{made.stderr}")
    STAMP.write_text("")


def _fingerprint(name: str) -> str:
    """What tells that this very file was installed."""
    return f"{name} {hashlib.sha256((ROOT / name).read_bytes()).hexdigest()}"


def _pip_install(names: list[str]) -> None:
    """Where packages come from is the machine's business; where they go and what they are is ours."""
    ours = {"PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    theirs = {"PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_CONSTRAINT", "PYTHONPATH", "PYTHONHOME"}
    environment = {key: value for key, value in os.environ.items() if key not in theirs} | ours
    options = [part for name in names for part in ("-r", name)]
    command = [PYTHON, "-m", "pip", "install", "-qq", "--require-hashes", *options]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    if done.returncode:
        sys.exit("The packages could not be installed; pip says above why.")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
