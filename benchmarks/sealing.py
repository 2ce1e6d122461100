"""The sealer, which gives settled transactions their place in the open book, against a bare INSERT of its rows."""

import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from sqlalchemy import select

from benchmarks import limits, load, seed
from benchmarks.house import House, engines, house
from benchmarks.report import Goal, Section
from campaigns.base.extensions import db
from campaigns.domain.ledger.models import LedgerPlace
from campaigns.domain.ledger.rollup import BATCH, place

ENTRIES = 10_000
LEAST = 2_000


def measure() -> Section:
    section = Section(
        "Sealing the book",
        ["", *(f"{engine}, per second" for engine in engines())],
        [
            [f"transactions sealed, {BATCH} a commit"],
            [f"bare INSERT of the same rows, {BATCH} a commit"],
            ["÷"],
        ],
        notes=[
            "Sealing is all that the worker does to settled transactions: it reads them, makes line, link and leaf "
            "of each, writes places and subtrees, and moves the sums by day and the rollups of their campaigns.",
            f"{ENTRIES:,} transactions a run, nobody else at the database.",
        ],
    )
    for engine in engines():
        taken = _of(engine)
        ratios = load.ratios(taken["sealed"], taken["bare"])
        cells = (load.spread(taken["sealed"]), load.spread(taken["bare"]), load.spread(ratios, 2))
        for row, cell in zip(section.rows, cells, strict=True):
            row.append(cell)  # type: ignore[attr-defined]
        what = f"ledger transactions sealed a second, {engine}"
        section.goals.append(Goal(what, LEAST, median(taken["sealed"])))
    return section


def _of(engine: str) -> dict[str, list[float]]:
    with house(engine) as home:
        run = Run(home)
        return load.rounds({"sealed": run.sealed, "bare": run.bare})


class Run:
    """Seals the next transactions, and inserts the rows that this made once more, bare."""

    def __init__(self, home: House) -> None:
        self.home, self.size = home, 0

    def sealed(self) -> float:
        with self.home.app.app_context():
            seed.settled(self.size + 1, self.size + ENTRIES)
            self.size += ENTRIES
            return _per_second(_place_all)

    def bare(self) -> float:
        rows, url = self._rows(), self.home.environment["BENCH_LIMIT_URL"]
        return _per_second(lambda: limits.places(url, rows, BATCH))

    def _rows(self) -> Sequence[dict[str, Any]]:
        newest = select(LedgerPlace.__table__).where(LedgerPlace.seq > self.size - ENTRIES)
        with self.home.app.app_context():
            rows = [dict(row) for row in db.session.execute(newest).mappings()]
            db.session.rollback()
        return [row | {"placed_at": row["placed_at"].replace(tzinfo=None)} for row in rows]


def _place_all() -> None:
    while place():
        db.session.commit()


def _per_second(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return ENTRIES / (time.perf_counter() - began)
