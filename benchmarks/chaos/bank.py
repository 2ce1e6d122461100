"""`python -m benchmarks.chaos.bank`: the practice bank in bad weather. Its book is on disk: it may be killed."""

import os
import random
import sys
from pathlib import Path

from sandbox.app import create_bank
from sandbox.bank import Bank
from sandbox.faults import Faults
from sandbox.server import bind
from sandbox.settings import from_environment

LOST = 0.2
"""Of all answers, those of the API and those to a payer."""
LOST_PAGE = ("drop_request", "drop_response_after_commit")
LOST_ANSWER = (*LOST_PAGE, "http_500", "truncated_json", "html_body")
"""Ways to lose an answer of the API: nothing was done, or all of it."""
SLOW, SLOWEST_MS = 0.1, 1_500
REPEATED, LATE = 0.15, 0.15
LATEST_MS = 20_000
LOG = "faults.log"


class Weather(Faults):
    """Strikes by chance. Every strike is a line of `LOG`, written at once: what is killed later has counted it."""

    def __init__(self, log: Path) -> None:
        super().__init__()
        self._log = os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        self._chance = random.SystemRandom()

    def take(self, operation: str, authority: str | None) -> dict[str, int]:
        struck = super().take(operation, authority) | self._lost(operation) | self._late(operation)
        for kind in struck:
            os.write(self._log, f"{kind} {operation}\n".encode())
        return struck

    def _lost(self, operation: str) -> dict[str, int]:
        if self._chance.random() >= LOST:
            return {}
        return {self._chance.choice(LOST_PAGE if operation == "pay" else LOST_ANSWER): 1}

    def _late(self, operation: str) -> dict[str, int]:
        struck: dict[str, int] = {}
        if self._chance.random() < SLOW:
            struck["delay_ms"] = self._chance.randrange(SLOWEST_MS)
        if operation == "pay" and self._chance.random() < REPEATED:
            struck["duplicate_callback"] = self._chance.randint(1, 3)
        if operation == "pay" and self._chance.random() < LATE:
            struck["late_callback"] = self._chance.randrange(LATEST_MS)
        return struck


def main() -> int:
    settings = from_environment()
    app = create_bank(settings)
    bank: Bank = app.extensions["bank"]
    bank.faults = Weather(settings.data_dir / LOG)
    bind(app, settings.port).serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
