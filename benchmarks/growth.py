"""The campaign page, made anew for every visitor, as gifts pile up behind it."""

from statistics import median

from benchmarks import client, load, seed, servers
from benchmarks.cached import PAGE
from benchmarks.house import engines, house
from benchmarks.report import Goal, Section

SIZES = (10, 1_000, 100_000, 1_000_000)
SECONDS = 3.0
MOST = 1.2


def measure() -> Section:
    section = Section(
        "The page with many gifts",
        ["gifts of the campaign", *(f"{engine}: ms a page" for engine in engines())],
        [[f"{size:,}"] for size in SIZES],
        notes=[f"One visitor, page cache taken out; {SECONDS:.0f} s a run."],
    )
    for engine in engines():
        taken = _of(engine)
        for row, size in zip(section.rows, SIZES, strict=True):
            row.append(load.spread(taken[size], 2))  # type: ignore[attr-defined]
        ratio = median(taken[SIZES[-1]]) / median(taken[SIZES[0]])
        what = f"page time with 1,000,000 gifts ÷ with 10, {engine}"
        section.goals.append(Goal(what, MOST, ratio, at_least=False))
    return section


def _of(engine: str) -> dict[int, list[float]]:
    """Milliseconds a page, by number of gifts."""
    taken: dict[int, list[float]] = {}
    with house(engine) as home, servers.granian("uncached", home.folder, **home.environment) as site:
        for size in SIZES:
            seed.gifts(home.app, size)
            _visits(site.port)
            taken[size] = [_visits(site.port) for _ in range(load.RUNS)]
    return taken


def _visits(port: int) -> float:
    """The median page of a run."""
    return client.run(port, 1, SECONDS, lambda: load.visit(PAGE, {})).percentile(0.5)
