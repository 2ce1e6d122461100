"""What donors do with their reminders. None of these commit.

Each step is one conditional update, so that a letter written at the same moment and a stop never both win.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from campaigns.base.clock import now
from campaigns.base.conflicts import insert, insert_first
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.base.months import month_of, next_day
from campaigns.domain.notices.actions import withdraw
from campaigns.domain.reminders.models import Reminder, ReminderAnswer, ReminderMonth, State, Why


@dataclass(frozen=True)
class Asked:
    """What a donor asked for. `day`: of the Jalali month, 1 to 31; `email`: checked and cleaned, None for who wants a
    text message at `mobile`.
    """

    rials: int
    intent: str
    language: str
    email: str | None
    day: int
    mobile: str | None = None


def ask(gift_id: int, campaign_id: int, asked: Asked) -> tuple[str, bool]:
    """The reminder that belongs to a gift: its public id, and whether it is new. One gift has one at most.

    The first letter comes next month: this month's gift is the one it begins with.
    """
    today = tehran_day(now())
    covered = month_of(today)
    row: dict[str, Any] = {
        "gift_id": gift_id,
        "campaign_id": campaign_id,
        "rials": asked.rials,
        "intent": asked.intent,
        "language": asked.language,
        "email": asked.email,
        "mobile": asked.mobile,
        "day": asked.day,
        "covered": covered,
        "counted_from": covered,
        "next_on": next_day(asked.day, covered=covered, today=today),
    }
    made = db.session.execute(insert_first(Reminder, "gift_id", "public_id"), row).scalar_one_or_none()
    if made is not None:
        return made, True
    earlier = select(Reminder.public_id).where(Reminder.gift_id == gift_id)
    return db.session.scalars(earlier).one(), False


def change(reminder: Reminder, rials: int, day: int) -> bool:
    """Another amount or day, from the next letter on. False: it was stopped meanwhile."""
    today = tehran_day(now())
    upcoming = None
    if reminder.state == State.ACTIVE.value:
        upcoming = next_day(day, covered=reminder.covered, today=today)
    return _step(reminder, (reminder.state,), rials=rials, day=day, next_on=upcoming)


def pause(reminder: Reminder) -> bool:
    """No letters until it is resumed. False: it was not active."""
    return _step(reminder, (State.ACTIVE.value,), state=State.PAUSED.value, next_on=None)


def resume(reminder: Reminder) -> bool:
    """Letters again, and three months of patience anew. False: it was not paused."""
    today = tehran_day(now())
    upcoming = next_day(reminder.day, covered=reminder.covered, today=today)
    counted = max(reminder.covered, reminder.counted_from)
    values = {"state": State.ACTIVE.value, "next_on": upcoming, "counted_from": counted}
    return _step(reminder, (State.PAUSED.value,), **values)


def stop(reminder: Reminder, why: Why = Why.DONOR) -> bool:
    """For good: no letter is written any more, and the address or number is forgotten. False: it was stopped before.

    A letter that was written and is not on its way yet is taken back when the donor stops it.
    """
    if why is Why.DONOR:
        withdraw(*(f"reminder:{reminder.public_id}:{key}" for key in ("welcome", reminder.covered)))
    alive = (State.ACTIVE.value, State.PAUSED.value)
    return _step(
        reminder, alive, state=State.STOPPED.value, why=why.value, next_on=None, email=None, mobile=None
    )


def answered(public_id: str, month: int, gift_id: int) -> None:
    """A gift was begun from this month's letter. Nothing happens for a letter that never was."""
    known = select(ReminderMonth.reminder_id).join(Reminder, Reminder.id == ReminderMonth.reminder_id)
    found = db.session.scalar(known.where(Reminder.public_id == public_id, ReminderMonth.month == month))
    if found is not None:
        row = insert(ReminderAnswer).values(gift_id=gift_id, reminder_id=found, month=month)
        db.session.execute(row.on_conflict_do_nothing(index_elements=["gift_id"]))


def _step(reminder: Reminder, before: tuple[str, ...], **values: Any) -> bool:
    """Only from these states, and only while no letter was written since the reminder was read."""
    done = db.session.execute(
        update(Reminder)
        .where(
            Reminder.id == reminder.id,
            Reminder.state.in_(before),
            Reminder.covered == reminder.covered,
        )
        .values(changed_at=now(), **values)
        .execution_options(synchronize_session=False)
    )
    db.session.expire(reminder)
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]
