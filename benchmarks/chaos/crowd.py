"""Many donors at once, each of whom gives one gift after the other, the next form always open in a second tab."""

import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from benchmarks import seed
from benchmarks.chaos.donors import PAID, Donor, GaveUp
from benchmarks.chaos.journal import Gift, Journal

TOMANS = (20_000, 5_000_000)
COMES_BACK, PAUSE_SECONDS = 10, 10
"""How often somebody who was told to wait looks again, and how long they wait in between."""


def give(site: str, gifts: int, donors: int, minutes: float, journal: Journal) -> None:
    """Returns when all gifts are given or given up; none is begun after so many `minutes`."""
    numbers = _Numbers(gifts, time.monotonic() + minutes * 60)
    with ThreadPoolExecutor(donors) as crowd:
        working = [crowd.submit(_one_after_another, site, numbers, journal) for _ in range(donors)]
        try:
            for one in working:
                one.result()
        finally:
            numbers.over.set()  # Ctrl-C sends everybody home


def come_back(site: str, donors: int, journal: Journal) -> None:
    """Those who have paid and were told to wait look again, several times; those who closed the tab never do."""
    for _time in range(COMES_BACK):
        waiting = [
            gift for gift in journal.gifts if gift.way_back and gift.paid_at_bank and gift.told != PAID
        ]
        if not waiting:
            return
        with ThreadPoolExecutor(donors) as crowd:
            list(crowd.map(lambda gift: _look(Donor(site, gift, threading.Event())), waiting))
        time.sleep(PAUSE_SECONDS)


class _Numbers:
    """1 … `last`, each for one thread only; no more after the `deadline`, or once it is `over`."""

    def __init__(self, last: int, deadline: float) -> None:
        self._deadline = deadline
        self.over = threading.Event()
        self._numbers, self._lock = iter(range(1, last + 1)), threading.Lock()

    def __iter__(self) -> Iterator[int]:
        while True:
            with self._lock:
                number = next(self._numbers, None)
            if number is None or self.over.is_set() or time.monotonic() > self._deadline:
                return
            yield number


def _one_after_another(site: str, numbers: _Numbers, journal: Journal) -> None:
    tab: Donor | None = None
    for number in numbers:
        opened = _open(Donor(site, _meant(number), numbers.over), journal)
        if tab is not None:
            _give(tab, journal)
        tab = opened
    if tab is not None:
        _give(tab, journal)


def _meant(number: int) -> Gift:
    chance = random.Random(-number)
    rials = chance.randrange(*TOMANS, 500) * 10
    return Gift(number, seed.slug(chance.randint(1, seed.CAMPAIGNS)), rials)


def _open(donor: Donor, journal: Journal) -> Donor | None:
    try:
        donor.open()
    except GaveUp as why:
        journal.close(donor.gift, str(why))
        return None
    return donor


def _look(donor: Donor) -> None:
    with suppress(GaveUp):
        donor.come_back()


def _give(donor: Donor, journal: Journal) -> None:
    why = ""
    try:
        donor.give()
    except GaveUp as gave_up:
        why = str(gave_up)
    journal.close(donor.gift, why)
