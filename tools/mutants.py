"""`make mutants`: breaks the engine of the money in many small ways and looks whether a test notices.

Cosmic Ray makes the mutants. None is written into the tree: each is put into a process of its own, forked from one
that has collected and once run all the tests (`mutants_warm`); the few that change what is made while modules are
loaded, are loaded in place of their module in a process that has only what is not ours in memory. Both run on SQLite,
only the tests that came by the changed line, and stop at the first that fails. What was found is kept in `var/`, so
that a run of `MINUTES` goes on where the last one ended; mutants that no test noticed are tried again. Writes
benchmarks/MUTANTS.md.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from types import ModuleType

import pytest

from tools import mutants_report as report
from tools import mutations
from tools.mutants_live import OUR_NAMES
from tools.mutants_report import Result
from tools.mutants_seen import Seen
from tools.mutants_warm import KILLED, NOT_HERE, PATIENCE, SLOWEST, SOUND, Hunt, waited
from tools.mutations import Mutant, Place
from tools.setup import ROOT

FOUND, SEEN, LOG = (ROOT / "var" / name for name in ("mutants.json", "mutants_seen.json", "mutants.log"))
LEDGER, PAYMENTS, REFUNDS = "campaigns/domain/ledger", "campaigns/domain/payments", "campaigns/domain/refunds"
TESTS = (
    *(f"tests/domain/{name}" for name in ("ledger", "payments", "refunds", "money", "invariants")),
    "tests/web/give/test_callback.py",
)
TARGETS = (
    *(
        f"{LEDGER}/{name}.py"
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
    ),
    *(f"{PAYMENTS}/{name}.py" for name in ("states", "settlement", "capture")),
    *(f"{REFUNDS}/{name}.py" for name in ("states", "posting")),
)
"""What is broken; `TESTS` must notice."""
OPTIONS = ["-x", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not server and not browser"]
KNOWN_ALREADY = ["-W", "ignore:Module already imported"]
ENDS = {SOUND: "survived", KILLED: "killed"}
"""By pytest's exit code; with any other the mutant could not even be loaded."""
SEED = 1405
TERMINAL = os.dup(1)
LOADING = 20.0
"""Seconds that loading all of our code and building the database may take on a busy machine."""


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
    os.environ["CI"] = "1"  # property tests try the same examples for every mutant, and remember none
    os.environ.pop("TEST_DATABASE_URL", None)
    FOUND.parent.mkdir(exist_ok=True)
    _wake()
    places = [place for path in TARGETS for place in mutations.places(path)]
    random.Random(SEED).shuffle(places)  # noqa: S311 - a sample, no secret
    if not _in_fork(lambda: _warm(places, until)):
        sys.exit(f"The tests cannot be run: see {LOG}")
    _cold(places, until)
    found = _kept()
    tried = [found[_key(place)] for place in places if _key(place) in found]
    tried = [result for result in tried if result["end"] != "cold"]
    (ROOT / "benchmarks" / "MUTANTS.md").write_text(report.written(tried, len(places)))
    return 0


def _warm(places: Sequence[Place], until: float) -> int:
    """In a child: pytest's exit code."""
    hunt = Hunt(TARGETS, _seen(), _keep_seen, lambda hunt: _hunted(hunt, places, until))
    _silent()
    ended = int(pytest.main([*OPTIONS, *KNOWN_ALREADY, *TESTS], plugins=[hunt]))
    for name in sorted(hunt.failed):
        os.write(TERMINAL, f"left out, for it fails before anything is broken: {name}\n".encode())
    return 0 if hunt.seen.lines else ended


def _hunted(hunt: Hunt, places: Sequence[Place], until: float) -> None:
    found = _kept()
    sound = {result.get("by", "") for result in found.values()}
    for place in _in_turn(places, found):
        if time.monotonic() > until:
            break
        mutant = mutations.mutant(place)
        code, by = hunt.tried(mutant) if mutant is not None else (SOUND, "")
        _write(found, place, mutant, "cold" if code == NOT_HERE else ENDS.get(code, "unloadable"), by)
    killers = {result.get("by", "") for result in found.values()} - {"", *sound}
    unsound = set(hunt.unsound(sorted(killers)))
    FOUND.write_text(json.dumps({key: one for key, one in found.items() if one.get("by") not in unsound}))


def _cold(places: Sequence[Place], until: float) -> None:
    """Those that only loading shows."""
    found, seen = _kept(), Seen(**json.loads(SEEN.read_text()))
    for place in [place for place in places if found.get(_key(place), {}).get("end") == "cold"]:
        if time.monotonic() > until:
            break
        mutant = mutations.mutant(place)
        assert mutant is not None
        tests = seen.tests(place.path, mutant.line)
        child = os.fork()
        if child == 0:
            _test(mutant, tests)
        code = waited(child, LOADING + PATIENCE + SLOWEST * sum(seen.seconds[name] for name in tests))
        _write(found, place, mutant, ENDS.get(code, "unloadable"))


def _write(found: dict[str, Result], place: Place, mutant: Mutant | None, end: str, by: str = "") -> None:
    line, change = (mutant.line, mutant.change) if mutant is not None else (0, "")
    end = end if mutant is not None else "same"
    found[_key(place)] = {"path": place.path, "line": line, "change": change, "end": end, "by": by}
    FOUND.write_text(json.dumps(found))
    os.write(TERMINAL, f"{end:<10} {place.path}:{line} {change}\n".encode())


def _in_turn(places: Sequence[Place], found: dict[str, Result]) -> list[Place]:
    """First those that no test noticed last time, then those nobody has tried."""
    again = [place for place in places if found.get(_key(place), {}).get("end") == "survived"]
    return again + [place for place in places if _key(place) not in found]


def _kept() -> dict[str, Result]:
    kept: dict[str, Result] = json.loads(FOUND.read_text()) if FOUND.exists() else {}
    return kept


def _seen() -> Seen:
    """What was watched before, as long as the code is the same; a test that was changed is not watched again."""
    of = " ".join(_digest(path) for path in TARGETS)
    kept = Seen(**json.loads(SEEN.read_text())) if SEEN.exists() else Seen()
    return kept if kept.of == of else Seen(of)


def _keep_seen(seen: Seen) -> None:
    SEEN.write_text(json.dumps(asdict(seen)))


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


def _in_fork(work: Callable[[], int]) -> bool:
    child = os.fork()
    if child == 0:
        os._exit(work())
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _test(mutant: Mutant, tests: Iterable[str]) -> None:
    """In the child."""
    os.setpgid(0, 0)
    _silent()
    sys.meta_path.insert(0, Loader(mutant.place.module, str(ROOT / mutant.place.path), mutant.code))
    os._exit(int(pytest.main([*OPTIONS, *KNOWN_ALREADY, *tests])))


def _silent() -> None:
    """What pytest prints goes to a file; a line for each mutant still goes to the terminal."""
    log = os.open(LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)


if __name__ == "__main__":
    sys.exit(main())
