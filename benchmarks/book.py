"""A gift when the book already holds a million, against a gift when it holds ten."""

from statistics import median

from benchmarks import client, load, seed, servers
from benchmarks.gifts import Forms, story
from benchmarks.house import engines, house
from benchmarks.report import Goal, Section

FEW, MANY = 10, 1_000_000
DONORS, SECONDS = 16, 4.0
LEAST = 0.9


def measure() -> Section:
    section = Section(
        "A gift in a full book",
        ["gifts in the book", *(f"{engine}: gifts/s, 16 donors" for engine in engines())],
        [[f"{FEW:,}"], [f"{MANY:,}"]],
    )
    for engine in engines():
        few, many = (_per_second(engine, size) for size in (FEW, MANY))
        section.rows[0].append(load.spread(few))  # type: ignore[attr-defined]
        section.rows[1].append(load.spread(many))  # type: ignore[attr-defined]
        what = f"gifts/s with 1,000,000 gifts in the book ÷ with 10, {engine}"
        section.goals.append(Goal(what, LEAST, median(many) / median(few)))
    return section


def _per_second(engine: str, size: int) -> list[float]:
    with house(engine) as home:
        seed.gifts(home.app, size)
        with servers.granian("site", home.folder, **home.environment) as site:
            forms = Forms(home)
            give = {"gifts": lambda: client.run(site.port, DONORS, SECONDS, lambda: story(forms)).per_second}
            return load.rounds(give)["gifts"]
