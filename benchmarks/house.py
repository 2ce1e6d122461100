"""A seeded house in a folder of its own, over SQLite or a throw-away PostgreSQL with fsync on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from benchmarks import limits, seed
from benchmarks.apps import make_site
from campaigns.base.extensions import db
from tools.cluster import binaries, cluster

SECRET = "a secret for benchmarks only, forty characters"


@dataclass
class House:
    """`environment` is what the servers under test are started with; `app` is the house in this process."""

    engine: str
    folder: Path
    environment: dict[str, str]
    app: Flask


def engines() -> list[str]:
    """SQLite always; PostgreSQL where it is installed."""
    return ["SQLite", "PostgreSQL"] if binaries() is not None else ["SQLite"]


@contextmanager
def house(engine: str = "SQLite") -> Iterator[House]:
    """SQLite with WAL and FULL; PostgreSQL with Debian's defaults: fsync and synchronous_commit on."""
    with TemporaryDirectory(prefix="pooyesh-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if engine == "SQLite":
            yield from _over(engine, folder, f"sqlite:///{folder}/site.db", f"sqlite:///{folder}/limit.db")
        else:
            with cluster(settings=()) as url:
                yield from _over(engine, folder, url, url)


def _over(engine: str, folder: Path, url: str, limit_url: str) -> Iterator[House]:
    environment = {
        "POOYESH_ENV": "development",
        "DATABASE_URL": url,
        "DATA_DIR": str(folder),
        "SECRET_KEY": SECRET,
        "RATE_LIMITS": "off",
        "BENCH_LIMIT_URL": limit_url,
    }
    os.environ.update(environment)
    limits.prepare(limit_url)
    app = make_site()
    seed.build(app)
    try:
        yield House(engine, folder, environment, app)
    finally:
        with app.app_context():
            db.engine.dispose()
