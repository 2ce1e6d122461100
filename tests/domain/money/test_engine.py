"""The whole money engine, whatever happens in whatever order (`always` says what is true after each step)."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from tests.domain.ledger.seals import verified
from tests.domain.money import always
from tests.domain.money.deciding import Deciding
from tests.domain.money.giving import Giving
from tests.domain.money.scripted import Session
from tests.domain.money.seen import Seen
from tests.support.effort import effort

LOOKED_EVERY = 8
"""Steps between two times at which the house's own looks read the whole book; they do at the end as well."""


class Engine(Giving, Deciding):
    """Everything that donors, banks, workers and people of finance do with money, and all that goes wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = 0

    @rule(rials=st.sampled_from([30_000, 70_000]))
    def a_bank_holds_money_nobody_knows_of(self, rials: int) -> None:
        known = self.banks["zarinpal"].sessions
        ref = f"strange-{len(known)}"
        known[ref] = Session(ref, rials, state="paid", taken=rials)

    @invariant()
    def everything_holds(self) -> None:
        seen = self.look()
        self.memory.nothing_changed(seen)
        always.everything(seen, self.banks)
        self.steps += 1
        if self.steps % LOOKED_EVERY == 0:
            always.watched()

    def teardown(self) -> None:
        """In the end the lines are good and the worker has its days: what the banks gave is in the book, to the
        rial, and everybody who downloads the book finds it whole.
        """
        self.fate = None
        for claimed_and_answer in range(len(self.asleep)):
            self.wakes_up_and_writes_after_all(claimed_and_answer)
        for bank in self.banks.values():
            bank.troubles.clear()
        for hours in (1.1, 1.1, 73, 2):
            self.passes(hours=hours)
            self.the_worker_asks_for_the_lists()
            self.the_worker_sweeps()
            self.the_worker_places()
            self.the_worker_matches()
        self.passes(days=1)
        self.the_worker_places()
        self.the_worker_seals_the_days()
        self.everything_holds()
        always.watched()
        self._everything_the_banks_gave_is_booked(self.seen)
        self._the_open_book_says_the_same(self.seen)

    def _everything_the_banks_gave_is_booked(self, seen: Seen) -> None:
        for name, bank in self.banks.items():
            taken = sum(row.captured_rials for row in seen.attempts if row.gateway == name)
            assert taken == bank.given()
        told = {item.attempt_id for item in seen.items}
        for attempt in seen.attempts:
            assert attempt.state not in {"verifying", "review"} or attempt.id in told

    def _the_open_book_says_the_same(self, seen: Seen) -> None:
        book = verified()
        shown = {row.campaign_id: row.received_rials for row in seen.rollups.values() if row.received_rials}
        assert sorted(rials for rials in book.received.values() if rials) == sorted(shown.values())


@pytest.mark.timeout(7200)
def test_the_money_adds_up_after_every_step(app, database_house):
    Engine.app, Engine.house = app, database_house
    run_state_machine_as_test(Engine, settings=settings(effort(examples=6, steps=30)))
