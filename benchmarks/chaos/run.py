"""One run on one engine: open the house, let the crowd in, kill, wait until all is quiet, compare."""

import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.chaos import browser, compare, crowd, parts, shown
from benchmarks.chaos.bank import LOG
from benchmarks.chaos.books import Books, Posted
from benchmarks.chaos.browser import NoPage
from benchmarks.chaos.journal import Gift, Journal
from benchmarks.chaos.killing import Killer
from benchmarks.house import House, house
from benchmarks.servers import free_port

START_SECONDS = 60
MOST_MINUTES = float(os.environ.get("MINUTES", "60"))
"""After these no further gift is begun, even where not all are given."""
QUIET_SECONDS = 75 * 60
"""How long the worker may take, once nothing is killed any more, to find all that was paid: whoever was asked about
many times in vain is asked about once an hour (`payments.states.pause_after`).
"""

Say = Callable[[str], None]


@dataclass
class Outcome:
    """What a run came to. `differences`: by what was compared; empty lists where all agrees. `shown`: receipts that
    were read. `up_minutes`: how long, while it was killed, site and bank both answered.
    """

    engine: str
    donors: int
    gifts: Sequence[Gift] = ()
    posted: Sequence[Posted] = ()
    sessions: Counter[str] = field(default_factory=Counter)
    letters: int = 0
    shown: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    up_minutes: float = 0
    starts: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    minutes: float = 0
    quiet_minutes: float = 0
    differences: dict[str, list[str]] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        return not any(self.differences.values())


def run(engine: str, gifts: int, donors: int, say: Say) -> Outcome:
    with house(engine) as home:
        environment = _environment(home)
        nursery = parts.nursery(environment, home.folder)
        outcome = Outcome(engine, donors)
        with parts.Supervisor(nursery).running():
            _through(outcome, home, nursery, environment, gifts, say)
        return outcome


def _environment(home: House) -> dict[str, str]:
    """The settings of all three: the site as `make run` starts it, its only gateway the bank in bad weather."""
    port, bank_port = free_port(), free_port()
    return home.environment | {
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "BANK_PORT": str(bank_port),
        "ZARINPAL_BASE_URL": f"http://127.0.0.1:{bank_port}",
        "GATEWAYS": "zarinpal",
        "BANK_MAGIC": "off",
        "PYTHONUNBUFFERED": "1",
    }


def _through(
    outcome: Outcome,
    home: House,
    nursery: parts.Part,
    environment: dict[str, str],
    gifts: int,
    say: Say,
) -> None:
    site = environment["SITE_URL"]
    needed = (f"{site}/healthz", environment["ZARINPAL_BASE_URL"])
    for address in needed:
        _await(address)
    journal = Journal(home.folder / "journal.jsonl", say)
    killer = Killer(nursery, lambda: all(_answers(address) for address in needed))
    began = time.monotonic()
    with killer.at_work():
        crowd.give(site, gifts, outcome.donors, MOST_MINUTES, journal)
    given = time.monotonic()
    say(f"all given, {killer.kills.total()} processes killed; now it has to become quiet")
    _await(f"{site}/healthz")  # it may just be starting again
    crowd.come_back(site, outcome.donors, journal)
    books = Books(environment["DATABASE_URL"], home.folder / "bank.db")
    waits = _quiet(books, say)
    outcome.minutes, outcome.quiet_minutes = (given - began) / 60, (time.monotonic() - given) / 60
    outcome.gifts, outcome.kills, outcome.up_minutes = journal.gifts, killer.kills, killer.up_seconds / 60
    outcome.starts = nursery.starts
    outcome.faults = Counter((home.folder / LOG).read_text().splitlines())
    outcome.posted, outcome.letters, outcome.shown = books.posted(), len(books.letters()), len(books.gifts())
    outcome.sessions = Counter(one.state for one in books.sessions())
    outcome.differences = {"quiet": (books.stories() or [waits]) if waits else []}
    outcome.differences |= _compared(site, books, journal.gifts, environment)


def _compared(
    site: str, books: Books, gifts: Sequence[Gift], environment: dict[str, str]
) -> dict[str, list[str]]:
    return {
        "losses": list(compare.lost(books)),
        "doubles": list(compare.doubled(books)),
        "donors": list(compare.journals(books, gifts)),
        "bars": [*compare.bars(books), *shown.bars(site, books)],
        "receipts": list(shown.receipts(site, books)),
        "letters": list(compare.letters(books)),
        "checks": list(shown.checked(site, environment)),
    }


def _quiet(books: Books, say: Say) -> str:
    """Waits until nothing moves any more; what still waits when that takes too long."""
    deadline, told = time.monotonic() + QUIET_SECONDS, ""
    while waits := books.waits():
        if waits != told:
            say(waits)
        if time.monotonic() > deadline:
            return waits
        told = waits
        time.sleep(2)
    return ""


def _await(address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(address):
        if time.monotonic() > deadline:
            raise RuntimeError(f"no answer from {address}")
        time.sleep(0.2)


def _answers(address: str) -> bool:
    try:
        return browser.get(address).status < 500
    except NoPage:
        return False
