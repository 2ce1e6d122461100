"""`make test`: format, lint, types, the whole suite on SQLite and on PostgreSQL, the journeys in a browser."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from tools import assets, translations
from tools.cluster import cluster
from tools.machine import Need, chromium, fetch_missing
from tools.setup import PYTHON, ROOT

OURS = (
    "POOYESH_",
    "SECRET_KEY",
    "DATABASE_URL",
    "DATA_DIR",
    "SITE_URL",
    "PORT",
    "BANK_",
    "ZARINPAL_",
    "ZIBAL_",
    "SEP_",
    "FLASK_",
)
"""Settings of a site that may stand in the environment; tests bring their own."""
MOST_PROCESSES = 8


@dataclass
class Results:
    """What was done, and how it ended: rows of step, outcome, last line said, seconds."""

    environment: Mapping[str, str]
    rows: list[tuple[str, str, str, float]] = field(default_factory=list)

    def step(self, name: str, *arguments: str, **environment: str) -> None:
        """Runs `python -m …`, showing what it says."""
        print(f"\n── {name}", flush=True)
        began = time.monotonic()
        code, last = _shown([str(PYTHON), "-m", *arguments], {**self.environment, **environment})
        self.rows.append((name, "ok" if code == 0 else "FAILED", last, time.monotonic() - began))

    def skip(self, name: str, need: Need, *, fatal: bool) -> None:
        reason = f"{need.name} is missing: install {need.package}"
        self.rows.append((name, "FAILED" if fatal else "skipped", reason, 0.0))

    def failed(self) -> bool:
        return any(outcome == "FAILED" for _, outcome, _, _ in self.rows)

    def show(self) -> None:
        print("\n── Summary")
        for name, outcome, last, seconds in self.rows:
            print(f"{name:<22} {outcome:<8} {seconds:>6.0f} s   {last}")
        print("\nSomething failed." if self.failed() else "\nAll is well.", flush=True)


def main() -> int:
    strict = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
    missing = {need.name: need for need in fetch_missing()}
    assets.build()
    translations.compile_all()
    kept = {key: value for key, value in os.environ.items() if not key.startswith(OURS)}
    results = Results(kept | {"PYTHONHASHSEED": "0"})  # all test processes must find the tests in one order
    results.step("format", "ruff", "format", "--check", "--quiet", ".")
    results.step("lint", "ruff", "check", "--quiet", ".")
    results.step("types", "mypy")
    if "FriBiDi" in missing:
        results.skip("pictures", missing["FriBiDi"], fatal=True)
    many = ("-n", str(min(os.cpu_count() or 1, MOST_PROCESSES)))
    results.step("suite on SQLite", "pytest", "-m", "not browser", *many)
    with ExitStack() as stack:
        if "PostgreSQL" in missing:
            results.skip("suite on PostgreSQL", missing["PostgreSQL"], fatal=strict)
        else:
            url = stack.enter_context(cluster())
            words = ("-m", "not browser", *many)
            results.step("suite on PostgreSQL", "pytest", *words, TEST_DATABASE_URL=url)
    if "Chromium" in missing:
        results.skip("journeys in a browser", missing["Chromium"], fatal=strict)
    else:
        results.step("journeys in a browser", "pytest", "-m", "browser", CHROMIUM=chromium() or "")
    results.show()
    return 1 if results.failed() else 0


def _shown(command: Sequence[str], environment: Mapping[str, str]) -> tuple[int, str]:
    """Runs it in front of the reader; returns how it ended and the last line it said."""
    last = ""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        bufsize=1,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            sys.stdout.write(line)
            last = line.strip() or last
    return process.returncode, last


if __name__ == "__main__":
    sys.exit(main())
