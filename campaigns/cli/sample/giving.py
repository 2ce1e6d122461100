"""A sample gift, step by step as on the site: pledge, begin, hand off, come back, settle; then its message is read."""

from collections.abc import Callable
from datetime import timedelta
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
from campaigns.domain.payments.settlement import note_cancelled, settle
from campaigns.domain.payments.sweeper import sweep

AT_THE_BANK = timedelta(seconds=80)
TAB_CLOSED = timedelta(minutes=40)
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
        gift, _is_new = pledge(campaign_id(), visit.wish, form_key)
        known["message"] = gift.public_id
        attempt = begin(gift, self.bank)
        db.session.commit()
        self.bank.next_ending = visit.ending
        hand_off(attempt, self.bank, "https://pooyesh.example/back", "")
        with clock.at(visit.at + AT_THE_BANK):
            if visit.ending is Ending.CANCELLED:
                note_cancelled(attempt.id, {})
            if visit.ending is not Ending.ABANDONED:
                settle(attempt.id, self.bank, "callback")

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
