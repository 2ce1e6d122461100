"""Whatever happens in whatever order, the book says what the bank gave us: to the rial, each payment once."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.models import LedgerTxn
from campaigns.domain.ledger.queries import balance, disagreements, gifts, received
from campaigns.domain.ledger.rollup import place
from campaigns.domain.payments.actions import begin, hand_off
from campaigns.domain.payments.claims import Claimed, claim
from campaigns.domain.payments.models import PaymentAttempt, ReviewItem
from campaigns.domain.payments.settlement import book, note_cancelled, settle
from campaigns.domain.payments.states import State
from campaigns.domain.payments.sweeper import poll_unverified, sweep
from tests.giving import live_campaign, pledged
from tests.support.databases import DatabaseHouse
from tests.support.paying import NOBODY, Paying, look

FAULTS = ["drop_response_after_commit", "http_500", "rate_limit", "truncated_json", "bad_types", "html_body"]
OPERATIONS = ["request", "verify", "inquiry", "unVerified"]
BUTTONS = ["pay", "pay_and_close", "cancel", "wrong_pin"]


class Story(RuleBasedStateMachine):
    """One campaign, one bank, and everything that may go wrong between them. Time only goes forward."""

    app: Flask
    house: DatabaseHouse
    paying: Paying

    gifts = Bundle("gifts")
    attempts = Bundle("attempts")

    def __init__(self) -> None:
        super().__init__()
        db.session.remove()
        self.house.clear()
        self.paying.bank.faults.clear()
        with self.paying.bank.store.transaction() as bank:
            bank.execute("DELETE FROM session")
        self.campaign_id = live_campaign().id
        self.paying.bank.clock.ahead_seconds = 0
        self.moment: datetime = clock.now()
        self.was_paid: set[int] = set()
        self.dying: list[tuple[Claimed, object]] = []

    @rule(target=gifts, thousands=st.integers(20, 100_000))
    def pledge(self, thousands: int) -> int:
        with clock.at(self.moment):
            return pledged(db.session.get_one(Campaign, self.campaign_id), thousands * 10_000).id

    @rule(target=attempts, gift=gifts)
    def begin(self, gift: int) -> int:
        with clock.at(self.moment):
            attempt = begin(db.session.get_one(Contribution, gift), self.paying.gateway)
            db.session.commit()
            hand_off(attempt, self.paying.gateway, NOBODY, "gift")
        return attempt.id

    @rule(attempt=attempts, button=st.sampled_from(BUTTONS))
    def press(self, attempt: int, button: str) -> None:
        ref = self.ref(attempt)
        if ref:
            self.paying.press_at(ref, button)

    @rule(attempt=attempts, more=st.sampled_from([-10, 10, 1_000_000]))
    def press_at_a_bank_that_takes_another_amount(self, attempt: int, more: int) -> None:
        ref = self.ref(attempt)
        if ref:
            self.paying.fault("tamper_amount", value=more)
            self.paying.press_at(ref, "pay")

    @rule(attempt=attempts, times=st.integers(1, 3))
    def call_back(self, attempt: int, times: int) -> None:
        with clock.at(self.moment):
            for _ in range(times):
                settle(attempt, self.paying.gateway, "callback")

    @rule(attempt=attempts)
    def call_back_saying_no(self, attempt: int) -> None:
        with clock.at(self.moment):
            note_cancelled(attempt, {})

    @rule(attempt=attempts, asked=st.booleans())
    def die_after_claiming(self, attempt: int, asked: bool) -> None:
        """The process stops before it writes anything down, before or after the bank has confirmed."""
        with clock.at(self.moment):
            claimed = claim(attempt, "callback", {})
            db.session.commit()
            if claimed is not None and asked:
                self.dying.append((claimed, self.paying.gateway.verify(claimed.request)))

    @rule(number=st.integers(0, 5))
    def wake_up_and_write_after_all(self, number: int) -> None:
        """It had only slept: others may have been there meanwhile."""
        if self.dying:
            claimed, result = self.dying.pop(number % len(self.dying))
            with clock.at(self.moment):
                book(claimed, result)  # type: ignore[arg-type]

    @rule(kind=st.sampled_from(FAULTS), operation=st.sampled_from(OPERATIONS))
    def the_line_is_bad(self, kind: str, operation: str) -> None:
        self.paying.fault(kind, value=200 if kind == "html_body" else 1, operation=operation)

    @rule(minutes=st.sampled_from([1, 2, 31, 61, 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.pass_minutes(minutes)

    @rule()
    def sweep(self) -> None:
        with clock.at(self.moment):
            sweep({self.paying.gateway.name: self.paying.gateway}, 72)

    @rule()
    def ask_for_the_list(self) -> None:
        self.paying.bank.faults.clear()
        with clock.at(self.moment):
            poll_unverified(self.paying.gateway)

    @rule()
    def place(self) -> None:
        place()
        db.session.commit()

    @invariant()
    def no_money_is_invented(self) -> None:
        assert self.booked() <= self.paying.verified_rials()

    @invariant()
    def one_posting_per_payment(self) -> None:
        paid = self.in_state(State.PAID)
        captures = select(LedgerTxn.reference_id).where(LedgerTxn.kind == "capture")
        assert sorted(db.session.scalars(captures)) == sorted(paid)
        assert gifts(self.campaign_id) == len(paid) == self.received_contributions()
        db.session.commit()

    @invariant()
    def paid_stays_paid(self) -> None:
        now_paid = set(self.in_state(State.PAID))
        assert self.was_paid <= now_paid
        self.was_paid = now_paid

    @invariant()
    def every_doubt_waits_for_a_person(self) -> None:
        told = set(db.session.scalars(select(ReviewItem.attempt_id)))
        assert set(self.in_state(State.REVIEW)) <= told

    @invariant()
    def the_bar_is_what_the_placed_book_says(self) -> None:
        assert disagreements() == []
        db.session.commit()

    def teardown(self) -> None:
        """In the end the line is good again and the worker has had its days: bank and book agree to the rial."""
        self.paying.bank.faults.clear()
        for _round in range(4):
            self.pass_minutes(65)
            self.ask_for_the_list()
            self.sweep()
            self.place()
        self.no_money_is_invented()
        self.one_posting_per_payment()
        self.the_bar_is_what_the_placed_book_says()
        assert self.booked() + self.disputed() == self.paying.verified_rials()
        assert self.in_state(State.VERIFYING) == []
        db.session.remove()

    def ref(self, attempt: int) -> str | None:
        found = look(attempt).gateway_ref
        db.session.commit()
        return found

    def pass_minutes(self, minutes: int) -> None:
        """On our clock and on the bank's, which ends sessions after 15 and keeps unverified money after 30."""
        self.moment += timedelta(minutes=minutes)
        self.paying.bank.clock.ahead_seconds += minutes * 60

    def disputed(self) -> int:
        """Money the bank has kept by itself of payments whose amount was not ours: a person knows."""
        refs = select(PaymentAttempt.gateway_ref).where(
            PaymentAttempt.state == State.REVIEW.value, PaymentAttempt.captured_rials == 0
        )
        rials = 0
        with self.paying.bank.store.transaction() as bank:
            for ref in db.session.scalars(refs):
                row = bank.execute("SELECT state, rials FROM session WHERE authority = ?", (ref,)).fetchone()
                rials += row["rials"] if row["state"] == "VERIFIED" else 0
        db.session.commit()
        return rials

    def booked(self) -> int:
        total = received(self.campaign_id) + balance(accounts.UNALLOCATED)
        db.session.commit()
        return total

    def in_state(self, state: State) -> list[int]:
        found = db.session.scalars(select(PaymentAttempt.id).where(PaymentAttempt.state == state.value)).all()
        db.session.commit()
        return list(found)

    def received_contributions(self) -> int:
        done = select(func.count(Contribution.id)).where(Contribution.received_at.is_not(None))
        return db.session.scalar(done) or 0


@pytest.mark.timeout(600)
def test_bank_and_book_agree_whatever_happens(app, database_house, paying):
    Story.app, Story.house, Story.paying = app, database_house, paying
    run_state_machine_as_test(
        Story,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
