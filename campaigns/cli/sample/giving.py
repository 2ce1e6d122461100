"""A sample gift, step by step as on the site: pledge, begin, hand off, come back, settle; then its message is read."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.cli.sample.bank import Ending, SampleBank
from campaigns.cli.sample.timeline import Calendar, Timeline
from campaigns.cli.sample.wishes import Visit
from campaigns.domain.accounts.models import User
from campaigns.domain.contributions.actions import pledge
from campaigns.domain.moderation.actions import decide
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Reason, Verdict
from campaigns.domain.payments.actions import begin, hand_off
from campaigns.domain.payments.claims import Claimed
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.settlement import book, note_cancelled, settle
from campaigns.domain.payments.states import LEASE, State
from campaigns.domain.payments.sweeper import sweep

AT_THE_BANK = timedelta(seconds=80)
TAB_CLOSED = timedelta(minutes=40)
TALKS_KEPT = timedelta(days=10)
READ_WITHIN_HOURS = (3, 50)
SETTLE_HOURS = 72
REFUSAL = "این پیام با کمک به پویش کاری ندارد."


class Giving:
    """Puts visits on the timeline. `moderator_ids` take turns in reading messages."""

    def __init__(
        self, timeline: Timeline, calendar: Calendar, dice: Random, moderator_ids: list[int]
    ) -> None:
        self.bank = SampleBank(dice)
        self._timeline, self._calendar, self._dice = timeline, calendar, dice
        self._moderator_ids = moderator_ids
        self._forms = 0

    def plan(self, campaign_id: Callable[[], int], visit: Visit) -> None:
        """The visit at its moment, and later what follows from it: reading the message, sweeping a closed tab."""
        self._forms += 1
        read_at = visit.at + timedelta(hours=self._dice.randint(*READ_WITHIN_HOURS))
        read = visit.wish.message and visit.ending is Ending.PAID and read_at < self._calendar.present
        known: dict[str, str] = {}
        self._timeline.add(visit.at, partial(self._come, campaign_id, visit, f"sample:{self._forms}", known))
        if read:
            self._timeline.add(read_at, partial(self._read, known, visit.fit))
        if visit.ending is Ending.ABANDONED:
            self._timeline.add(visit.at + TAB_CLOSED, self._sweep)

    def _come(
        self, campaign_id: Callable[[], int], visit: Visit, form_key: str, known: dict[str, str]
    ) -> None:
        contribution, _is_new = pledge(campaign_id(), visit.wish, form_key)
        known["message"] = contribution.public_id
        attempt = begin(contribution, self.bank)
        long_ago = self._calendar.present - visit.at > TALKS_KEPT
        if long_ago and visit.ending is Ending.PAID:
            self._book(attempt, visit.at + AT_THE_BANK)
        else:
            self._walk(attempt.id, visit)
        db.session.expunge(contribution)  # its row has moved on without it

    def _walk(self, attempt_id: int, visit: Visit) -> None:
        """The whole way to the bank and back."""
        db.session.commit()
        self.bank.next_ending = visit.ending
        hand_off(attempt_id, self.bank, "https://pooyesh.example/back", "")
        with clock.at(visit.at + AT_THE_BANK):
            if visit.ending is Ending.CANCELLED:
                note_cancelled(attempt_id, {})
            if visit.ending is not Ending.ABANDONED:
                settle(attempt_id, self.bank, "callback")

    def _book(self, attempt: PaymentAttempt, paid_at: datetime) -> None:
        """A gift of long ago: the talk with the bank is skipped, its answer is booked like every other."""
        attempt.gateway_ref = self.bank.session(Ending.PAID)
        attempt.state, attempt.tries = State.VERIFYING.value, 1
        db.session.flush()
        with clock.at(paid_at):
            claimed = Claimed.of(attempt, clock.now() + LEASE)
            book(claimed, self.bank.verify(claimed.request))

    def _read(self, known: dict[str, str], fit: bool) -> None:
        item = find("message", known["message"])
        actor = db.session.get_one(User, self._dice.choice(self._moderator_ids))
        if item is None:
            return
        if fit:
            decide(item, actor, Verdict.APPROVE)
        else:
            decide(item, actor, Verdict.REJECT, Reason.MISSION, REFUSAL)

    def _sweep(self) -> None:
        sweep({self.bank.name: self.bank}, SETTLE_HOURS)
