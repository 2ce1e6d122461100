"""«نذر خدمت»: a vow of hours for a campaign. None of these commit."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import day_start
from campaigns.domain.volunteers.holders import Holder
from campaigns.domain.volunteers.hour_models import HourEntry, HourVow
from campaigns.domain.volunteers.profile_models import Volunteer
from campaigns.domain.volunteers.shift_models import Shift, Signup

MOST_HOURS = 1000


@dataclass(frozen=True)
class Vow:
    """A vow and how far it is. Hours of shifts from the day it was made, up to its last day, fulfil it."""

    hours: int
    until_on: date
    minutes_done: int

    @property
    def is_kept(self) -> bool:
        return self.minutes_done >= self.hours * 60

    @property
    def hours_done(self) -> int:
        return min(self.hours, self.minutes_done // 60)


def vow(holder: Holder, campaign_id: int, hours: int, until_on: date) -> HourVow:
    """One vow for a campaign: said again, it is so many hours until then, still counted from its first day."""
    volunteer = holder.volunteer
    db.session.scalar(select(Volunteer.id).where(Volunteer.id == volunteer.id).with_for_update())
    made = _standing(holder, campaign_id)
    if made is None:
        made = HourVow(code=holder.code, volunteer_id=volunteer.id, campaign_id=campaign_id)
        db.session.add(made)
    made.hours, made.until_on = hours, until_on
    db.session.flush()
    return made


def withdraw(holder: Holder, campaign_id: int) -> None:
    """The person takes the vow back. Nothing happens where there is none."""
    made = _standing(holder, campaign_id)
    if made is not None:
        made.withdrawn_at = now()


def vow_of(holder: Holder, campaign_id: int) -> Vow | None:
    made = _standing(holder, campaign_id)
    if made is None:
        return None
    return Vow(made.hours, made.until_on, _minutes_since(holder, made))


def _standing(holder: Holder, campaign_id: int) -> HourVow | None:
    query = select(HourVow).where(
        HourVow.code == holder.code,
        HourVow.campaign_id == campaign_id,
        HourVow.withdrawn_at.is_(None),
    )
    return db.session.scalar(query)


def _minutes_since(holder: Holder, made: HourVow) -> int:
    query = (
        select(func.coalesce(func.sum(HourEntry.minutes), 0))
        .join(Signup, Signup.id == HourEntry.signup_id)
        .join(Shift, Shift.id == Signup.shift_id)
        .where(
            holder.signups,
            HourEntry.campaign_id == made.campaign_id,
            Shift.ends_at > made.made_at,
            Shift.starts_at < day_start(made.until_on + timedelta(days=1)),
        )
    )
    return int(db.session.scalar(query) or 0)
