"""Certificates of thanks for hours that were checked in. None of these commit."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import aliased

from campaigns.base.codes import new_code
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.volunteers.holders import Holder
from campaigns.domain.volunteers.hour_models import HourEntry, Thanks
from campaigns.domain.volunteers.hours import minutes_of
from campaigns.domain.volunteers.profile_models import Volunteer
from campaigns.domain.volunteers.shift_models import Shift, Signup

LEAST_MINUTES = 60


@dataclass(frozen=True)
class Earned:
    """What one person has given to one campaign, and between which days."""

    minutes: int
    first_on: date
    last_on: date


def earned(holder: Holder, campaign_id: int) -> Earned | None:
    """None: nothing to give a certificate for yet."""
    later = aliased(HourEntry)
    corrected = select(later.id).where(later.corrects_id == HourEntry.id).exists()
    came = and_(HourEntry.was_there, ~corrected)
    query = (
        select(
            func.coalesce(func.sum(HourEntry.minutes), 0),
            func.min(case((came, Shift.starts_at))),
            func.max(case((came, Shift.starts_at))),
        )
        .select_from(HourEntry)
        .join(Signup, Signup.id == HourEntry.signup_id)
        .join(Shift, Shift.id == Signup.shift_id)
        .where(holder.signups, HourEntry.campaign_id == campaign_id)
    )
    minutes, first, last = db.session.execute(query).one()
    if minutes < LEAST_MINUTES:
        return None
    return Earned(int(minutes), tehran_day(first), tehran_day(last))


def issue(holder: Holder, campaign_id: int, *, whole_name: bool) -> Thanks | None:
    """A certificate of what was given until now; the same again as long as nothing has changed. None: no hours yet.

    `whole_name`: others who have the code read the name; else its first letters only.
    """
    volunteer = holder.volunteer
    db.session.scalar(select(Volunteer.id).where(Volunteer.id == volunteer.id).with_for_update())
    given = earned(holder, campaign_id)
    if given is None:
        return None
    shown = volunteer.name if whole_name else letters_of(volunteer.name)
    facts = {"name": volunteer.name, "shown_name": shown, **vars(given)}
    before = latest(holder, campaign_id)
    if before is not None and all(getattr(before, name) == value for name, value in facts.items()):
        return before
    made = Thanks(
        code=new_code(),
        holder_code=holder.code,
        volunteer_id=volunteer.id,
        campaign_id=campaign_id,
        **facts,
    )
    db.session.add(made)
    db.session.flush()
    return made


def letters_of(name: str) -> str:
    """«س. م.» of «سارا محمدی»."""
    return " ".join(f"{word[0]}." for word in name.split())


def latest(holder: Holder, campaign_id: int) -> Thanks | None:
    """The newest certificate that was asked for with this code."""
    query = select(Thanks).where(Thanks.holder_code == holder.code, Thanks.campaign_id == campaign_id)
    return db.session.scalar(query.order_by(Thanks.id.desc()).limit(1))


def by_code(code: str) -> Thanks | None:
    return db.session.scalar(select(Thanks).where(Thanks.code == code))


def still_holds(thanks: Thanks) -> bool:
    """Whether no later correction left fewer hours than the certificate says."""
    return minutes_of(thanks.volunteer_id, thanks.campaign_id) >= thanks.minutes
