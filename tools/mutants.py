"""`make mutants`: breaks the engine of the money in many small ways and looks whether a test notices.

Cosmic Ray makes the mutants. None is written into the tree: each is loaded in place of its module in a process of
its own, forked from this one with everything but our code in memory, which runs only the tests that matter, on
SQLite, and stops at the first that fails. What was found is kept in `var/`, so that a run of `MINUTES` goes on where
the last one ended; mutants that no test noticed are tried again. Writes benchmarks/MUTANTS.md.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import random
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from types import ModuleType

import pytest

from tools import mutants_report as report
from tools import mutations
from tools.mutants_report import Result
from tools.mutations import Mutant, Place
from tools.setup import ROOT

FOUND = ROOT / "var" / "mutants.json"
LEDGER, PAYMENTS, REFUNDS = "campaigns/domain/ledger", "campaigns/domain/payments", "campaigns/domain/refunds"
OF_LEDGER = tuple(
    f"tests/domain/{name}.py"
    for name in (
        "ledger/test_actions",
        "ledger/test_accounts",
        "ledger/test_rollup",
        "ledger/test_sealing",
        "ledger/test_breaches",
        "ledger/test_checkpoints",
        "ledger/test_queries",
        "invariants/test_looks",
        "refunds/test_refunds",
    )
)
OF_PAYMENTS = tuple(
    f"tests/domain/{name}.py"
    for name in (
        "payments/test_states",
        "payments/test_settlement",
        "payments/test_leases",
        "payments/test_sweeper",
        "money/test_replay",
        "money/test_engine",
    )
)
OF_REFUNDS = tuple(
    f"tests/domain/refunds/{name}.py"
    for name in (
        "test_states",
        "test_refunds",
        "test_refund_faults",
        "test_reversals",
        "test_reversals_saman",
        "test_always",
    )
)
TARGETS: dict[str, Sequence[str]] = {
    **{
        f"{LEDGER}/{name}.py": OF_LEDGER
        for name in (
            "accounts",
            "actions",
            "breaches",
            "checkpoints",
            "days",
            "entries",
            "kinds",
            "leaf",
            "rollup",
            "sealing",
            "tree",
        )
    },
    **{f"{PAYMENTS}/{name}.py": OF_PAYMENTS for name in ("states", "settlement", "capture")},
    **{f"{REFUNDS}/{name}.py": OF_REFUNDS for name in ("states", "posting")},
}
"""What is broken, and the tests that must notice, the quickest first."""
NOT_OURS = "not server and not browser"
KNOWN_ALREADY = "ignore:Module already imported"
OUR_NAMES = ("campaigns", "tests", "sandbox")
ENDS = {0: "survived", 1: "killed"}
"""By pytest's exit code; with any other the mutant could not even be loaded."""
SEED = 1405
SLOWEST = 6
"""A mutant that takes so many times as long as the tests do, runs for ever: noticed."""


@dataclass(frozen=True)
class Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Stands before the tree for one module."""

    name: str
    path: str
    code: str

    def find_spec(
        self, fullname: str, _path: object = None, _target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        return importlib.util.spec_from_loader(fullname, self, origin=self.path)

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = self.path
        exec(compile(self.code, self.path, "exec"), module.__dict__)  # noqa: S102 - it is our own code, one change in it


def main() -> int:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    until = time.monotonic() + minutes * 60
    _wake()
    places = [place for path in TARGETS for place in mutations.places(path)]
    random.Random(SEED).shuffle(places)  # noqa: S311 - a sample, no secret
    found = _kept()
    for place in _in_turn(places, found):
        if time.monotonic() > until:
            break
        found[_key(place)] = result = _tried(place, found)
        FOUND.write_text(json.dumps(found))
        print(f"{result['end']:<10} {place.path}:{result['line']} {result['change']}", flush=True)
    tried = [found[_key(place)] for place in places if _key(place) in found]
    (ROOT / "benchmarks" / "MUTANTS.md").write_text(report.written(tried, len(places)))
    return 0


def _in_turn(places: Sequence[Place], found: Mapping[str, Result]) -> list[Place]:
    """First those that no test noticed last time, then those nobody has tried."""
    again = [place for place in places if found.get(_key(place), {}).get("end") == "survived"]
    return again + [place for place in places if _key(place) not in found]


def _kept() -> dict[str, Result]:
    FOUND.parent.mkdir(exist_ok=True)
    kept: dict[str, Result] = json.loads(FOUND.read_text()) if FOUND.exists() else {}
    return kept


def _key(place: Place) -> str:
    """Of this place in this very text of the file."""
    return f"{place.path} {_digest(place.path)} {place.operator} {place.occurrence}"


@cache
def _digest(path: str) -> str:
    return sha256((ROOT / path).read_bytes()).hexdigest()[:16]


def _wake() -> None:
    """Everything that our code imports is in memory; our code itself is not."""
    for name in ("campaigns.app", "tests.support.house", "tests.support.paying", "tests.support.browsers"):
        importlib.import_module(name)
    importlib.import_module("hypothesis.stateful")
    for name in [name for name in sys.modules if name.split(".")[0] in OUR_NAMES]:
        del sys.modules[name]


def _tried(place: Place, found: dict[str, Result]) -> Result:
    mutant = mutations.mutant(place)
    if mutant is None:
        return {"path": place.path, "line": 0, "change": "", "end": "same"}
    tests = TARGETS[place.path]
    code = _run(mutant, tests, 20 + SLOWEST * _seconds(tests, found))
    end = "killed" if code is None else ENDS.get(code, "unloadable")
    return {"path": place.path, "line": mutant.line, "change": mutant.change, "end": end}


def _seconds(tests: Sequence[str], found: dict[str, Result]) -> float:
    """How long the tests take while nothing is broken; measured once."""
    key = " ".join(tests)
    if key not in found:
        began = time.monotonic()
        if _run(None, tests, 600) != 0:
            sys.exit(f"The tests fail before anything is broken: {key}")
        found[key] = {"end": "sound", "seconds": time.monotonic() - began}
    seconds: float = found[key]["seconds"]
    return seconds


def _run(mutant: Mutant | None, tests: Sequence[str], seconds: float) -> int | None:
    """pytest's exit code; None when it took too long."""
    child = os.fork()
    if child == 0:
        _test(mutant, tests)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def _test(mutant: Mutant | None, tests: Sequence[str]) -> None:
    """In the child. `CI`: property tests try the same examples for every mutant, and remember none."""
    os.setpgid(0, 0)
    os.environ["CI"] = "1"
    os.environ.pop("TEST_DATABASE_URL", None)
    log = os.open(ROOT / "var" / "mutants.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    if mutant is not None:
        sys.meta_path.insert(0, Loader(mutant.place.module, str(ROOT / mutant.place.path), mutant.code))
    options = ["-x", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", NOT_OURS, "-W", KNOWN_ALREADY]
    os._exit(int(pytest.main([*options, *tests])))


if __name__ == "__main__":
    sys.exit(main())
