"""`python -m benchmarks.chaos`: runs, compares, writes CHAOS.md. Ends with 1 where anything differs.

GIFTS (20000), DONORS (64), ENGINE (sqlite, postgresql; both), KILL_SECONDS (1; counted from when all answer again) and
MINUTES (60; then no more gifts are begun) come from the environment.
"""

import os
import sys
import time

from benchmarks.chaos import written
from benchmarks.chaos.run import Say, run
from benchmarks.house import engines
from tools import translations


def main() -> int:
    gifts, donors = int(os.environ.get("GIFTS", "20000")), int(os.environ.get("DONORS", "64"))
    wanted = [name for name in engines() if os.environ.get("ENGINE", name).lower() == name.lower()]
    if not wanted:
        print(f"ENGINE must be one of: {', '.join(engines()).lower()}.", file=sys.stderr)
        return 2
    translations.compile_all()
    good = True
    for engine in wanted:
        outcome = run(engine, gifts, donors, _sayer(engine))
        written.keep(outcome)
        print(written.section(outcome), flush=True)
        good = good and outcome.good
    return 0 if good else 1


def _sayer(engine: str) -> Say:
    began = time.monotonic()

    def say(sentence: str) -> None:
        print(f"{engine}, {time.monotonic() - began:4.0f} s: {sentence}", file=sys.stderr, flush=True)

    return say


if __name__ == "__main__":
    sys.exit(main())
