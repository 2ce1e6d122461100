"""What donors, their browsers and the two banks do, and the worker who asks the banks."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from campaigns.base import clock
from campaigns.base.codes import public_id
from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.contributions.actions import Wish, pledge
from campaigns.domain.contributions.commitment import cut
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.payments import receipts
from campaigns.domain.payments.actions import begin, hand_off
from campaigns.domain.payments.claims import Claimed, claim
from campaigns.domain.payments.contract import VerifyResult
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.settlement import book, note_cancelled, settle, settle_back
from campaigns.domain.payments.sweeper import poll_all, sweep
from tests.domain.money.scripted import Scripted, Trouble
from tests.domain.money.world import World, one_of

which = st.integers(0, 9)
banks = st.sampled_from(["zarinpal", "zarinpal", "sep"])
amounts = st.sampled_from([40_000, 100_000, 100_000, 3_000_000_000])
moments = st.sampled_from([("before", 1), ("before", 2), ("before", 3), ("after", 1), ("after", 2)])


class Giving(World):
    """Rules of gifts and payments."""

    def __init__(self) -> None:
        super().__init__()
        self.asleep: list[tuple[Claimed, VerifyResult]] = []

    @rule(place=st.integers(0, 1), intent=st.sampled_from(["sadaqah", "zakat"]), rials=amounts, bank=banks)
    def somebody_gives(self, place: int, intent: str, rials: int, bank: str) -> None:
        def act() -> None:
            wish = Wish(rials=rials, intent="sadaqah" if place else intent, language="fa")
            gift, _new = pledge(self.campaigns[place], wish, public_id())
            self._hand_over(gift, bank)

        self.does(act)

    @precondition(lambda self: self.seen.gifts)
    @rule(number=which, bank=banks)
    def the_same_gift_once_more(self, number: int, bank: str) -> None:
        """In another tab, or after the first try came to nothing."""
        gift_id = one_of(sorted(self.seen.gifts), number)
        self.does(lambda: self._hand_over(db.session.get_one(Contribution, gift_id), bank))

    @precondition(lambda self: self._at_bank())
    @rule(
        number=which,
        more=st.sampled_from([0, 0, 0, -10_000, 20_000]),
        how=st.sampled_from(["refuses", "gives", "warns"]),
    )
    def is_paid(self, number: int, more: int, how: str) -> None:
        attempt = one_of(self._at_bank(), number)
        self.pay(attempt, attempt.rials + more, how)

    @precondition(lambda self: self._at_bank())
    @rule(number=which)
    def pays_and_comes_back(self, number: int) -> None:
        attempt = one_of(self._at_bank(), number)
        self.pay(attempt, attempt.rials, "gives")
        self.come_back(attempt)

    @precondition(lambda self: self._at_bank())
    @rule(number=which)
    def is_refused_by_the_bank(self, number: int) -> None:
        attempt = one_of(self._at_bank(), number)
        session = self.banks[attempt.gateway].sessions[attempt.gateway_ref]
        session.state = "failed" if session.state == "open" else session.state

    @precondition(lambda self: self._at_bank())
    @rule(number=which, times=st.integers(1, 3))
    def comes_back(self, number: int, times: int) -> None:
        """Whether anybody has paid or not: a browser can say so at any time."""
        for _ in range(times):
            self.come_back(one_of(self._at_bank(), number))

    @precondition(lambda self: self.seen.attempts)
    @rule(number=which)
    def comes_back_saying_no(self, number: int) -> None:
        attempt_id = one_of(self.seen.attempts, number).id
        self.does(lambda: note_cancelled(attempt_id, {}))

    @precondition(lambda self: len(self._at_bank()) > 1)
    @rule(number=which, other=which)
    def shows_what_belongs_to_another(self, number: int, other: int) -> None:
        """A forged way back: the session or the receipt of another payment, or of none."""
        attempt, foreign = one_of(self._at_bank(), number), one_of(self._at_bank(), other)
        bank = self.banks[attempt.gateway]
        if bank.by_receipt:
            session = self.banks[foreign.gateway].sessions[foreign.gateway_ref]
            self.does(lambda: self.hear(attempt, session.receipt or "forged"))
        elif foreign.id != attempt.id:
            before = self.look().txns
            name = (attempt.public_id, bank.name, foreign.gateway_ref)
            self.does(lambda: settle_back(*name, {}, lambda *_terminal: bank))
            assert self.look().txns == before

    @precondition(lambda self: self._at_bank())
    @rule(number=which)
    def asks_and_falls_asleep(self, number: int) -> None:
        attempt = one_of(self._at_bank(), number)

        def act() -> None:
            claimed = claim(attempt.id, "callback", {})
            db.session.commit()
            if claimed is not None:
                answer = self.banks[attempt.gateway].verify(claimed.request)
                if answer.outcome not in {
                    "not_paid",
                    "reversed",
                }:  # these ask a second time before they write
                    self.asleep.append((claimed, answer))

        self.does(act)

    @precondition(lambda self: self.asleep)
    @rule(number=which)
    def wakes_up_and_writes_after_all(self, number: int) -> None:
        claimed, answer = self.asleep.pop(number % len(self.asleep))
        self.does(lambda: book(claimed, answer))

    @rule(
        bank=banks,
        operation=st.sampled_from(["start", "verify", "verify", "inquiry", "list"]),
        kind=st.sampled_from(["away", "lost", "again", "silent"]),
    )
    def the_line_is_bad(self, bank: str, operation: str, kind: str) -> None:
        self.banks[bank].troubles.append(Trouble(operation, kind))

    @rule(bank=banks, operation=st.sampled_from(["start", "verify"]), what=st.integers(0, 3), number=which)
    def the_bank_will_be_slow(self, bank: str, operation: str, what: int, number: int) -> None:
        """Longer than any lease; meanwhile others go on."""
        others: list[Callable[[], None]] = [
            lambda: self.come_back(one_of(self._at_bank(), number)) if self._at_bank() else None,
            self.the_worker_sweeps,
            self.the_worker_asks_for_the_lists,
            lambda: None,
        ]

        def meanwhile() -> None:
            self.passes(seconds=61)
            self.look()
            others[what]()

        self.banks[bank].troubles.append(Trouble(operation, "slow", meanwhile))

    @rule(fate=moments)
    def the_next_process_dies(self, fate: tuple[str, int]) -> None:
        self.fate = fate

    @rule(minutes=st.sampled_from([1, 2, 16, 31, 61, 25 * 60, 73 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.passes(minutes=minutes)

    @rule()
    def the_worker_sweeps(self) -> None:
        self.does(lambda: sweep(self.banks, 72))

    @rule()
    def the_worker_asks_for_the_lists(self) -> None:
        self.does(lambda: poll_all(self.banks))

    @rule(place=st.integers(0, 1), state=st.sampled_from(["live", "live", "paused", "ended", "cancelled"]))
    def a_campaign_changes(self, place: int, state: str) -> None:
        def act() -> None:
            db.session.get_one(Campaign, self.campaigns[place]).state = state

        self.does(act)

    @precondition(lambda self: self.seen.gifts)
    @rule(number=which)
    def a_donor_is_forgotten(self, number: int) -> None:
        gift_id = one_of(sorted(self.seen.gifts), number)
        self.does(lambda: cut(gift_id))

    def _hand_over(self, gift: Any, bank: str) -> None:
        attempt = begin(gift, self.banks[bank])
        db.session.commit()
        hand_off(attempt, self.banks[bank], "https://house.example/back", "gift")

    def _at_bank(self) -> list[Any]:
        return [row for row in self.seen.attempts if row.gateway_ref is not None]

    def pay(self, attempt: Any, rials: int, how: str) -> None:
        bank: Scripted = self.banks[attempt.gateway]
        with clock.at(self.moment):
            bank.pay(attempt.gateway_ref, rials, how)

    def come_back(self, attempt: Any) -> None:
        """As the door does it, for each kind of bank."""
        bank = self.banks[attempt.gateway]
        session = bank.sessions[attempt.gateway_ref]
        if bank.by_receipt:
            self.does(lambda: self.hear(attempt, session.receipt) if session.receipt else None)
            return

        def act() -> None:
            found = settle_back(attempt.public_id, bank.name, session.ref, {}, lambda *_terminal: bank)
            if found is None:
                settle(attempt.id, bank, "callback", {})

        self.does(act)

    def hear(self, attempt: PaymentAttempt, receipt: str) -> None:
        receipts.hear(attempt.id, receipt)
        settle(attempt.id, self.banks[attempt.gateway], "callback", {})
