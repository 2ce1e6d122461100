"""The worker's part: one letter a month for each reminder, whatever is repeated and whoever is killed.

The month's row, the next day and the letter in the outbox are one transaction: all of them are there, or none.
"""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select, update

from campaigns.base.clock import now
from campaigns.base.conflicts import insert
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.base.months import latest_due, next_day
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.reminders import letters
from campaigns.domain.reminders.actions import stop
from campaigns.domain.reminders.models import Reminder, ReminderMonth, State, Why
from campaigns.domain.reminders.queries import Standing, standing, unanswered

ENOUGH = 3
"""After so many letters without a gift we stop by ourselves."""

Link = Callable[..., str]
"""`link(language, endpoint, **values)`: a full address of this site."""


def remind_due(link: Link, limit: int = 50) -> int:
    """Sees to the reminders whose day has come, `limit` at most. Returns how many. Commits after each."""
    today = tehran_day(now())
    query = select(Reminder.id).where(Reminder.state == State.ACTIVE.value, Reminder.next_on <= today)
    due = db.session.scalars(query.order_by(Reminder.next_on, Reminder.id).limit(limit)).all()
    db.session.commit()
    for reminder_id in due:
        _see_to(reminder_id, today, link)
        db.session.commit()
    return len(due)


def welcome(link: Link, limit: int = 50) -> int:
    """Writes to those whose first gift has arrived what they asked for and how to stop it. Does not commit."""
    query = (
        select(Reminder)
        .join(Contribution, Contribution.id == Reminder.gift_id)
        .where(
            Reminder.state == State.ACTIVE.value,
            Reminder.welcomed_at.is_(None),
            Contribution.received_at.is_not(None),
        )
    )
    found = db.session.scalars(query.order_by(Reminder.id).limit(limit)).all()
    for reminder in found:
        letters.welcome(reminder, link)
        reminder.welcomed_at = now()
    return len(found)


def _see_to(reminder_id: int, today: date, link: Link) -> None:
    """One reminder's month. Whoever else takes it at the same moment finds the row taken, and nothing happens."""
    reminder = db.session.get_one(Reminder, reminder_id, populate_existing=True)
    if reminder.state != State.ACTIVE.value or reminder.next_on is None or reminder.next_on > today:
        return
    month = latest_due(reminder.day, today)  # after a long silence of the worker one letter is enough
    upcoming = next_day(reminder.day, covered=month, today=today)
    if not _take(reminder, month, upcoming):
        return
    outcome = _outcome(reminder)
    row = insert(ReminderMonth).values(reminder_id=reminder.id, month=month, outcome=outcome, made_at=now())
    db.session.execute(row)
    _write(reminder, month, outcome, link)


def _take(reminder: Reminder, month: int, upcoming: date) -> bool:
    """Moves the reminder on, if nobody else did. Nothing of it is seen before the letter is written, too."""
    done = db.session.execute(
        update(Reminder)
        .where(
            Reminder.id == reminder.id,
            Reminder.state == State.ACTIVE.value,
            Reminder.next_on == reminder.next_on,
            Reminder.covered == reminder.covered,
            Reminder.covered < month,
        )
        .values(covered=month, next_on=upcoming)
        .execution_options(synchronize_session=False)
    )
    db.session.expire(reminder)
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def _outcome(reminder: Reminder) -> str:
    """What this month brings: a letter, nothing while the campaign rests, or the end and why."""
    if db.session.get_one(Contribution, reminder.gift_id).received_at is None:
        return Why.UNPAID.value
    now_stands = standing(reminder.campaign, reminder.intent)
    if now_stands is Standing.OVER:
        return Why.CAMPAIGN.value
    if now_stands is Standing.RESTS:
        return "skipped"
    return Why.UNANSWERED.value if unanswered(reminder, ENOUGH) else "written"


def _write(reminder: Reminder, month: int, outcome: str, link: Link) -> None:
    if outcome == "written":
        letters.month(reminder, month, link)
    elif outcome == Why.CAMPAIGN.value:
        letters.campaign_over(reminder, link)
    elif outcome == Why.UNANSWERED.value:
        letters.unanswered(reminder, link)
    if outcome in {why.value for why in Why}:
        stop(reminder, Why(outcome))
