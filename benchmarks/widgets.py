"""What other sites embed, against the campaign page: all of them kept."""

from functools import partial
from statistics import median

from benchmarks import load, seed, servers
from benchmarks.cached import PAGE, fetch
from benchmarks.house import house
from benchmarks.report import Goal, Section

WIDGETS = {"badge": f"/e/{seed.slug(1)}/badge.svg", "card": f"/e/{seed.slug(1)}/card"}
LEAST = 1.0


def measure() -> Section:
    with house() as home, servers.granian("site", home.folder, **home.environment) as site:
        seed.gifts(home.app, 1_000)
        sizes = {name: len(fetch(site.port, path).body) for name, path in ({"page": PAGE} | WIDGETS).items()}
        measures = {
            name: partial(load.hits, site.port, path, load.BROWSER)
            for name, path in ({"page": PAGE} | WIDGETS).items()
        }
        taken = load.rounds(measures)
    section = Section("Widgets", ["", "bytes (brotli)", "requests/s", "÷ kept campaign page"])
    for name, values in taken.items():
        above = load.ratios(values, taken["page"])
        section.rows.append((name, f"{sizes[name]:,}", load.spread(values), load.spread(above, 2)))
        if name != "page":
            section.goals.append(Goal(f"{name} ÷ cached campaign page", LEAST, median(above)))
    return section
