"""Sara, who asked to be reminded, and the worker over the months."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import TEHRAN, parse_jalali
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.notices.models import Letter
from campaigns.domain.reminders.actions import Asked, ask
from campaigns.domain.reminders.models import Reminder, ReminderMonth
from campaigns.domain.reminders.queries import by_public_id
from campaigns.domain.reminders.worker import remind_due
from campaigns.web.letterlinks import link
from tests.giving import pledged

SARA = "sara@example.org"
RIALS = 5_000_000


def asked(campaign: Campaign, day: int = 5, received: bool = True, **changes: Any) -> Reminder:
    """Sara gave and asked for a letter a month."""
    gift = pledged(campaign, RIALS)
    if received:
        gift.received_at = now()
    wish = Asked(
        **{"rials": RIALS, "intent": "sadaqah", "language": "fa", "email": SARA, "day": day} | changes
    )
    public_id, _new = ask(gift.id, campaign.id, wish)
    db.session.commit()
    reminder = by_public_id(public_id)
    assert reminder is not None
    return reminder


def jalali(year: int, month: int, day: int) -> date:
    return parse_jalali(str(day), str(month), str(year))


@contextmanager
def on(day: date, hour: int = 10) -> Iterator[None]:
    """Inside, it is this day in Tehran."""
    moment = datetime.combine(day, time(hour), TEHRAN).astimezone(UTC)
    with clock.at(moment):
        yield


def worker_on(day: date) -> None:
    """The worker looks on this day."""
    with on(day):
        remind_due(link)


def letters(kind: str = "") -> list[Letter]:
    """What was written of reminders, in order; `kind`: the last word of their key."""
    found = db.session.scalars(select(Letter).where(Letter.dedupe_key.like("reminder:%")).order_by(Letter.id))
    return [letter for letter in found if letter.dedupe_key.rpartition(":")[2].startswith(kind)]


def months(reminder: Reminder) -> list[tuple[int, str]]:
    query = (
        select(ReminderMonth).where(ReminderMonth.reminder_id == reminder.id).order_by(ReminderMonth.month)
    )
    return [(row.month, row.outcome) for row in db.session.scalars(query)]
