"""Many donors at once, each of whom gives one gift after the other, the next form always open in a second tab."""

import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from benchmarks import seed
from benchmarks.chaos.donors import Donor, GaveUp
from benchmarks.chaos.journal import Gift, Journal

TOMANS = (20_000, 5_000_000)


def give(site: str, gifts: int, donors: int, journal: Journal) -> None:
    """Returns when all gifts are given or given up."""
    numbers = _Numbers(gifts)
    with ThreadPoolExecutor(donors) as crowd:
        for one in [crowd.submit(_one_after_another, site, numbers, journal) for _ in range(donors)]:
            one.result()


class _Numbers:
    """1 … `last`, each for one thread only."""

    def __init__(self, last: int) -> None:
        self._numbers, self._lock = iter(range(1, last + 1)), threading.Lock()

    def __iter__(self) -> Iterator[int]:
        while True:
            with self._lock:
                number = next(self._numbers, None)
            if number is None:
                return
            yield number


def _one_after_another(site: str, numbers: _Numbers, journal: Journal) -> None:
    tab: Donor | None = None
    for number in numbers:
        opened = _open(Donor(site, _meant(number)), journal)
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


def _give(donor: Donor, journal: Journal) -> None:
    why = ""
    try:
        donor.give()
    except GaveUp as gave_up:
        why = str(gave_up)
    journal.close(donor.gift, why)
