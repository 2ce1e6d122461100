"""The campaign page made for every visitor, against Flask, Jinja and three ORM queries, as large."""

from statistics import median

from benchmarks import load, seed, servers
from benchmarks.cached import PAGE
from benchmarks.house import house
from benchmarks.report import Goal, Section

LEAST = 0.8


def measure() -> Section:
    with house() as home:
        seed.gifts(home.app, 1_000)
        size = len(home.app.test_client().get(PAGE).data)
        environment = home.environment | {"BENCH_SIZE": str(size)}
        with (
            servers.granian("uncached", home.folder, **environment) as site,
            servers.granian("rendered", home.folder, **environment) as limit,
        ):
            taken = load.rounds(
                {
                    "ours": lambda: load.hits(site.port, PAGE, {}),
                    "limit": lambda: load.hits(limit.port, "/page", {}),
                }
            )
    above = load.ratios(taken["ours"], taken["limit"])
    rows = [
        (f"campaign page, {size:,} bytes, page cache taken out", load.spread(taken["ours"]), ""),
        (
            "Flask, Jinja, a loop of 50 rows, 3 ORM queries, as many bytes",
            load.spread(taken["limit"]),
            load.spread(above, 2),
        ),
    ]
    goals = [Goal("rendered campaign page ÷ Flask + Jinja + 3 ORM queries", LEAST, median(above))]
    return Section("The page when it is made", ["", "requests/s", "ours ÷ this"], rows, goals)
