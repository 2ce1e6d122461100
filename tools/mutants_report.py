"""benchmarks/MUTANTS.md: what became of the mutants, and every one that no test noticed."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from tools.mutants_same import EQUIVALENT

Result = dict[str, Any]
"""`path`, `line` and `change` of a mutant, and its `end`: killed, survived, unloadable, or the same as the file."""
TARGET = 0.9
HEAD = """# Mutants

`make mutants` breaks the engine of the money in small ways, one at a time, and runs the tests that matter on SQLite:
a comparison turned, a condition, a call or an argument left out, a number one off. Which test comes by which line is
looked up once; of those that come by the changed statement the quickest run first, 45 seconds' worth at most. A mutant
is *killed* when a test fails (or runs for ever), and has *survived* when none does. One that cannot even be loaded, and
one that means the same as the code, prove nothing and are left out of the share.
"""


def written(tried: Sequence[Result], places: int) -> str:
    tried = [one | {"end": "equivalent"} if _is_equivalent(one) else one for one in tried]
    ends = Counter(one["end"] for one in tried)
    share = _share(ends)
    sample = "all of them" if len(tried) == places else f"a random sample of {len(tried)}"
    lines = [
        HEAD,
        f"There are {places} places to break; tried: {sample}. Killed: {ends['killed']}, survived: "
        f"{ends['survived']}, not loadable: {ends['unloadable']}, no change of meaning: {ends['same']}, "
        f"equivalent for the reasons below: {ends['equivalent']}. "
        f"**Share killed: {share:.1%}** (target {TARGET:.0%}).",
        "",
        "| file | killed | survived | share |",
        "|---|---:|---:|---:|",
        *_files(tried),
        "",
        "## Survivors",
        "",
        *_survivors(tried),
        "",
        "## Equivalent",
        "",
        *_equivalent(tried),
    ]
    return "\n".join(lines) + "\n"


def _files(tried: Sequence[Result]) -> list[str]:
    rows = []
    for path in sorted({one["path"] for one in tried}):
        ends = Counter(one["end"] for one in tried if one["path"] == path)
        rows.append(f"| `{path}` | {ends['killed']} | {ends['survived']} | {_share(ends):.0%} |")
    return rows


def _survivors(tried: Sequence[Result]) -> list[str]:
    left = sorted((one["path"], one["line"], one["change"]) for one in tried if one["end"] == "survived")
    return [f"- `{path}:{line}` `{change}`" for path, line, change in left] or ["None."]


def _is_equivalent(one: Result) -> bool:
    return one["end"] == "survived" and (one["path"], one["change"]) in EQUIVALENT


def _equivalent(tried: Sequence[Result]) -> list[str]:
    left = sorted((one["path"], one["line"], one["change"]) for one in tried if one["end"] == "equivalent")
    lines = [f"- `{path}:{line}` `{change}`: {EQUIVALENT[path, change]}" for path, line, change in left]
    return lines or ["None."]


def _share(ends: Counter[str]) -> float:
    proved = ends["killed"] + ends["survived"]
    return ends["killed"] / proved if proved else 0.0
