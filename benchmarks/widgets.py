"""What other sites embed, against the campaign page and bare Flask views of the same size: one run, all kept."""

from contextlib import ExitStack
from functools import partial
from statistics import median

from benchmarks import load, seed, servers
from benchmarks.cached import PAGE, fetch
from benchmarks.house import House, house
from benchmarks.report import Goal, Section

WIDGETS = {"badge": f"/e/{seed.slug(1)}/badge.svg", "card": f"/e/{seed.slug(1)}/card"}
LEAST, LEAST_BARE = 1.0, 4.0


def measure() -> Section:
    with house() as home, ExitStack() as stack:
        seed.gifts(home.app, 1_000)
        site = stack.enter_context(servers.granian("site", home.folder, **home.environment))
        sizes, measures = {}, {}
        for name, path in ({"page": PAGE} | WIDGETS).items():
            body = fetch(site.port, path).body
            sizes[name] = len(body)
            measures[name] = partial(load.hits, site.port, path, load.BROWSER)
            measures[f"bare {name}"] = partial(load.hits, _bare(stack, home, name, body), "/page", {})
        taken = load.rounds(measures)
    section = Section(
        "Widgets",
        [
            "",
            "bytes (brotli)",
            "requests/s",
            "÷ kept campaign page",
            "bare Flask view, as many bytes",
            "÷ bare",
        ],
    )
    for name, size in sizes.items():
        above, bare = load.ratios(taken[name], taken["page"]), taken[f"bare {name}"]
        times = load.ratios(taken[name], bare)
        section.rows.append(
            (
                *(name, f"{size:,}", load.spread(taken[name]), load.spread(above, 2)),
                *(load.spread(bare), load.spread(times, 2)),
            )
        )
        if name != "page":
            section.goals.append(Goal(f"{name} ÷ cached campaign page", LEAST, median(above)))
            section.goals.append(Goal(f"{name} ÷ bare Flask view", LEAST_BARE, median(times)))
    return section


def _bare(stack: ExitStack, home: House, name: str, body: bytes) -> int:
    """The port of a bare Flask view that returns as many bytes."""
    folder = home.folder / f"bare-{name}"
    folder.mkdir()
    (folder / "body").write_bytes(body)
    settings = home.environment | {"BENCH_BODY": str(folder / "body")}
    return stack.enter_context(servers.granian("bare", folder, **settings)).port
