"""`python -m benchmarks.chaos.nursery`: house and bank, forked from one process that has read both in.

It does what systemd does for them, and is never killed. Only that it need not read our code anew at each start: that
takes seconds in which all is dead, and another kill would prove nothing.
"""

import os
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

from benchmarks.chaos import bank
from benchmarks.chaos.names import BANK, HOUSE
from campaigns.base.offspring import Offspring
from campaigns.cli.serve import run
from tools.run import HOST, THREADS, WORKERS


def main() -> int:
    import_module("wsgi")  # before anything is forked
    house = partial(run, "wsgi:app", HOST, int(os.environ["PORT"]), WORKERS, THREADS, with_worker=True)
    programs = {BANK: partial(_named, BANK, bank.main), HOUSE: partial(_named, HOUSE, house)}
    return Offspring(programs).keep()


def _named(name: str, program: Callable[[], int]) -> None:
    Path("/proc/self/comm").write_text(name)
    sys.exit(program())


if __name__ == "__main__":
    sys.exit(main())
