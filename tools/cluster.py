"""A throw-away PostgreSQL for tests and benchmarks: a fresh cluster on a socket of its own, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

FAST = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB"),
    *("wal_level=minimal", "max_wal_senders=0", "checkpoint_timeout=30min", "max_wal_size=4GB", "jit=off"),
)
DEBIAN = Path("/usr/lib/postgresql")


def binaries() -> Path | None:
    """The folder of `initdb` and `pg_ctl`: on the PATH, or the newest Debian has. None: not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return versions[-1].parent if versions else None


@contextmanager
def cluster(settings: Sequence[str] = FAST) -> Iterator[str]:
    """Yields the SQLAlchemy URL of its superuser. FAST would lose commits at a power cut; benchmarks pass ().

    Raises `FileNotFoundError` where PostgreSQL is missing.
    """
    where = binaries()
    if where is None:
        raise FileNotFoundError("initdb")
    with tempfile.TemporaryDirectory(prefix="pooyesh-pg-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        owner = {"user": "postgres"} if os.geteuid() == 0 else {}  # PostgreSQL refuses to run as root
        if owner:
            shutil.chown(home, "postgres")
        data = home / "data"
        _quietly(
            [where / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"],
            home,
            owner,
        )
        options = " ".join(
            [
                f"-k {home}",
                "-c listen_addresses=''",
                "-c max_connections=200",
                *(f"-c {one}" for one in settings),
            ]
        )
        _quietly(
            [where / "pg_ctl", "-D", data, "-w", "-o", options, "-l", home / "log", "start"], home, owner
        )
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={home}"
        finally:
            _quietly([where / "pg_ctl", "-D", data, "-m", "immediate", "stop"], home, owner)


def _quietly(command: list[str | Path], folder: Path, owner: dict[str, str]) -> None:
    """Runs it; what it says is shown only when it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **owner,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}")
