"""Who came and for how long. Entries are never changed: a mistake is mended by a later one. None of these commit."""

from dataclasses import dataclass

from sqlalchemy import func, select

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.volunteers.hour_models import HourEntry
from campaigns.domain.volunteers.shift_models import Shift, Signup
from campaigns.domain.volunteers.stamps import stamp_of

LONGEST_MINUTES = 24 * 60


class NotNow(Exception):
    """The shift has not begun, the person has no place on it, or somebody else has just written about it."""


@dataclass(frozen=True)
class Presence:
    """What holds about one person at one shift."""

    was_there: bool
    minutes: int
    entry_id: int
    corrected: bool


def see(signup: Signup, minutes: int | None, actor_id: int, note: str = "") -> HourEntry:
    """Writes that the person was there for so many minutes, or (None) was not. What was said before is corrected.

    Raises `NotNow`.
    """
    shift: Shift = db.session.scalars(
        select(Shift).where(Shift.id == signup.shift_id).with_for_update(of=Shift)
    ).one()
    db.session.refresh(signup)
    if signup.state != "taken" or shift.starts_at > now():
        raise NotNow
    before = presences([signup.id]).get(signup.id)
    entry = HourEntry(
        signup=signup,
        volunteer_id=signup.volunteer_id,
        campaign_id=shift.role.campaign_id,
        was_there=minutes is not None,
        minutes=(minutes or 0) - (before.minutes if before else 0),
        note=note,
        corrects_id=before.entry_id if before else None,
        actor_id=actor_id,
    )
    db.session.add(entry)
    db.session.flush()
    stamps.bump(stamp_of(shift.role.campaign_id))
    return entry


def presences(signup_ids: list[int]) -> dict[int, Presence]:
    """By signup: what holds now. One query."""
    query = select(HourEntry).where(HourEntry.signup_id.in_(signup_ids)).order_by(HourEntry.id)
    found: dict[int, Presence] = {}
    for entry in db.session.scalars(query):
        before = found.get(entry.signup_id)
        minutes = entry.minutes + (before.minutes if before else 0)
        found[entry.signup_id] = Presence(entry.was_there, minutes, entry.id, before is not None)
    return found


def entries_of(signup_ids: list[int]) -> dict[int, list[HourEntry]]:
    """By signup: everything that was written, the oldest first."""
    query = select(HourEntry).where(HourEntry.signup_id.in_(signup_ids)).order_by(HourEntry.id)
    found: dict[int, list[HourEntry]] = {}
    for entry in db.session.scalars(query):
        found.setdefault(entry.signup_id, []).append(entry)
    return found


def minutes_of(volunteer_id: int, campaign_id: int) -> int:
    """What one person has given to one campaign."""
    query = select(func.coalesce(func.sum(HourEntry.minutes), 0)).where(
        HourEntry.volunteer_id == volunteer_id, HourEntry.campaign_id == campaign_id
    )
    return int(db.session.scalar(query) or 0)


def minutes_by_person(campaign_id: int) -> dict[int, int]:
    """By volunteer: what each has given to this campaign."""
    total = func.sum(HourEntry.minutes)
    query = (
        select(HourEntry.volunteer_id, total)
        .where(HourEntry.campaign_id == campaign_id)
        .group_by(HourEntry.volunteer_id)
        .having(total > 0)
    )
    return {volunteer: int(minutes) for volunteer, minutes in db.session.execute(query)}
