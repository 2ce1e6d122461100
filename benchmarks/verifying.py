"""The stand-alone verifier over a book of a million entries: as one file, and from the site as a stranger runs it."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from flask import Flask

from benchmarks import seed, servers
from benchmarks.house import engines, house
from benchmarks.report import Goal, Section
from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.base.signing import read_key
from campaigns.config import ROOT
from campaigns.domain.ledger.checkpoints import A_DAY, seal_days

ENTRIES = int(os.environ.get("ENTRIES", "1000000"))
MOST_SECONDS, MOST_MB, MOST_GROWTH_MB = 60, 100, 50
LOOK_SECONDS = 0.05
VERIFIER = ROOT / "tools" / "verify_ledger.py"


@dataclass(frozen=True)
class Verified:
    seconds: float
    peak_mb: float


def measure() -> Section:
    engine = engines()[-1]
    with house(engine) as home:
        seed.gifts(home.app, ENTRIES)
        _sign(home.app)
        with servers.granian("site", home.folder, **home.environment) as site:
            address = f"http://127.0.0.1:{site.port}"
            _fetch(f"{address}/ledger.jsonl?from=1&to=1000", home.folder / "first.jsonl")
            before = site.peak_rss_mb()
            book, days = home.folder / "ledger.jsonl", home.folder / "checkpoints.jsonl"
            served = _fetch(f"{address}/ledger.jsonl", book)
            _fetch(f"{address}/ledger/checkpoints.jsonl", days)
            by_file, by_site = _verify(str(book), str(days)), _verify(address)
            return _section(
                engine, book.stat().st_size, served, site.peak_rss_mb() - before, by_file, by_site
            )


def _section(
    engine: str, size: int, served: float, growth: float, by_file: Verified, by_site: Verified
) -> Section:
    rows = [
        (f"served as one file of {size / 1e6:,.0f} MB", f"{served:.0f}", f"{growth:.0f} more than before"),
        ("verified, that file", f"{by_file.seconds:.0f}", f"{by_file.peak_mb:.0f}"),
        ("verified over HTTP, served meanwhile", f"{by_site.seconds:.0f}", f"{by_site.peak_mb:.0f}"),
    ]
    what = f"{ENTRIES:,} entries"
    peak = max(by_file.peak_mb, by_site.peak_mb)
    goals = [
        Goal(f"seconds to verify a file of {what}", MOST_SECONDS, by_file.seconds, at_least=False),
        Goal(f"seconds to verify {what} over HTTP", MOST_SECONDS, by_site.seconds, at_least=False),
        Goal("peak memory of the verifier, MB", MOST_MB, peak, at_least=False),
        Goal(
            f"memory the site grows by as it serves {what} twice, MB", MOST_GROWTH_MB, growth, at_least=False
        ),
    ]
    note = f"{engine}; `tools/verify_ledger.py` as it is, the day signed; site and verifier share the cores."
    return Section("Verifying the book", [what, "seconds", "memory, MB"], rows, goals, [note])


def _sign(app: Flask) -> None:
    """Signs the day of the seeding, as the worker does once it is over."""
    with app.app_context(), clock.at(clock.now() + A_DAY):
        seal_days(read_key(app.config["SETTINGS"].ledger_key))
        db.session.commit()


def _fetch(address: str, file: Path) -> float:
    """Seconds."""
    began = time.perf_counter()
    with urlopen(address) as answer, file.open("wb") as out:
        shutil.copyfileobj(answer, out)
    return time.perf_counter() - began


def _verify(*what: str) -> Verified:
    """Raises `RuntimeError` where the verifier does not find the book in order."""
    began, peak = time.perf_counter(), 0.0
    command = [sys.executable, str(VERIFIER), *what]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        while started.poll() is None:
            peak = max(peak, servers.peak_rss_mb(started.pid))
            time.sleep(LOOK_SECONDS)
        said = started.stdout.read() if started.stdout else ""
    if started.returncode or f"{ENTRIES} entries, none changed" not in said:
        raise RuntimeError(f"the verifier ended with {started.returncode}: {said[-2000:]}")
    return Verified(time.perf_counter() - began, peak)
