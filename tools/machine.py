"""What tests need from the machine: PostgreSQL, FriBiDi, Chromium. On Debian, as root, they are installed."""

import os
import shutil
import subprocess
from collections.abc import Callable
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path

from tools.cluster import binaries


@dataclass(frozen=True)
class Need:
    """`package` is its name on Debian; `there` looks for it."""

    name: str
    package: str
    there: Callable[[], bool]


def chromium() -> str | None:
    """The browser of the journeys: CHROMIUM, or what the machine has under its usual name."""
    return shutil.which(os.environ.get("CHROMIUM", "chromium"))


NEEDS = (
    Need("PostgreSQL", "postgresql", lambda: binaries() is not None),
    Need("FriBiDi", "libfribidi0", lambda: find_library("fribidi") is not None),
    Need("Chromium", "chromium", lambda: chromium() is not None),
)


def fetch_missing() -> list[Need]:
    """Installs what is missing where it may; returns what is missing still."""
    missing = [need for need in NEEDS if not need.there()]
    if missing and Path("/etc/debian_version").exists() and os.geteuid() == 0:
        packages = [need.package for need in missing]
        print(f"Installing {' and '.join(packages)} …", flush=True)
        _apt("update", "-qq")
        _apt("install", "-qq", "-y", "--no-install-recommends", *packages)
    return [need for need in missing if not need.there()]


def _apt(*arguments: str) -> None:
    """Its own words are shown; whether it worked shows in what is there afterwards."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", *arguments], env=quiet, stdout=subprocess.DEVNULL, check=False)
