"""What the sections bring home, and how it is written down."""

import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import load
from tools.run import THREADS, WORKERS

RESULTS = Path(__file__).with_name("RESULTS.md")


@dataclass
class Goal:
    """One ratio that has to come out. `reached` is None when the run could not measure it; `why` says why."""

    what: str
    target: float
    reached: float | None
    at_least: bool = True
    why: str = ""

    @property
    def verdict(self) -> str:
        if self.reached is None:
            return f"skipped: {self.why}"
        good = self.reached >= self.target if self.at_least else self.reached <= self.target
        return "reached" if good else "**missed**"

    def row(self) -> tuple[str, str, str, str]:
        sign = "≥" if self.at_least else "≤"
        came = "–" if self.reached is None else f"{self.reached:,.2f}"
        return self.what, f"{sign} {self.target:g}", came, self.verdict


@dataclass
class Section:
    """A table and the sentences around it."""

    title: str
    head: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def text(self) -> str:
        parts = [f"## {self.title}", table(self.head, self.rows)]
        if self.notes:
            parts.append("\n".join(f"* {note}" for note in self.notes))
        return "\n\n".join(parts)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def written(sections: Sequence[Section], minutes: float, missing: Sequence[str] = ()) -> str:
    """The whole of RESULTS.md. `missing`: sections that were not measured."""
    goals = [goal.row() for section in sections for goal in section.goals]
    return "\n\n".join(
        [
            "# Benchmarks",
            "Written by `make bench`. Ratios are of one run on one machine and are what counts; absolute "
            "figures belong to that machine on that day. Each figure is the median of three runs, with the "
            "least and the most beside it; what is compared was measured in turns.",
            table(["ratio", "target", "came to", ""], goals),
            *([f"**Not measured in this run: {', '.join(missing)}.**"] if missing else []),
            *(section.text() for section in sections),
            "## The machine",
            "\n".join(f"* {line}" for line in _machine(minutes)),
            "",
        ]
    )


def _machine(minutes: float) -> list[str]:
    packages = ("flask", "werkzeug", "sqlalchemy", "granian", "brotli")
    return [
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.release().split('-')[0]}",
        f"{os.cpu_count()} cores shared by server, database, load generator and all else: load average "
        f"{os.getloadavg()[1]:.1f} at the end",
        f"Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in packages),
        f"granian with {WORKERS} workers of {THREADS} threads; GET load by {load.tool()}, "
        f"{load.CONNECTIONS} keep-alive connections, {load.SECONDS} s a run; gifts by our own client",
        f"commit {commit()}; the whole run took {minutes:.0f} minutes",
    ]


def commit() -> str:
    """The short name of what is checked out."""
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "unknown"
