"""Taking shifts, waiting for them, giving them back. None of these commit.

Whoever changes who has a place holds the row of its shift, so that places are never given twice and the list moves
up in one order. A person's own row is held first where shifts are taken, so that two of them never overlap. Somebody
who waits is as busy as somebody who has a place: that is why moving up needs no look at anything else.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.calendar import state_on
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import State
from campaigns.domain.volunteers import shift_letters
from campaigns.domain.volunteers.holders import Holder
from campaigns.domain.volunteers.profile_models import Volunteer
from campaigns.domain.volunteers.shift_models import LIVE, Shift, Signup, VolunteerRole
from campaigns.domain.volunteers.stamps import stamp_of
from campaigns.domain.volunteers.suitability import Missing, missing

Link = Callable[..., str]
"""`link(language, endpoint, **values)`: a full address of this site."""


TAKES_PEOPLE = {State.APPROVED, State.LIVE}
"""States of a campaign in which shifts can be taken."""


class Why(StrEnum):
    """Why a shift cannot be taken."""

    OVER = "over"  # begun, called off, or the campaign takes nobody now
    SPECIALITY = "speciality"
    UNVERIFIED = "unverified"
    LICENCE = "licence"
    ALREADY = "already"
    OVERLAP = "overlap"


class CannotTake(Exception):
    """Nothing was taken."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Asking:
    """What is not known of the person: the language of their page, and where letters may go."""

    language: str
    email: str | None = None


def take(holder: Holder, shift_ids: Collection[int], asking: Asking, link: Link) -> list[Signup]:
    """A place in each of these shifts, or the end of its waiting list. All of them or, by `CannotTake`, none."""
    volunteer = holder.volunteer
    db.session.scalar(select(Volunteer.id).where(Volunteer.id == volunteer.id).with_for_update())
    shifts = _held(shift_ids)
    for shift in shifts:
        why = _why_not(volunteer, shift) or _why_busy(volunteer, shift, shifts)
        if why is not None:
            raise CannotTake(why)
    made = [_sign_up(holder, shift, asking) for shift in shifts]
    db.session.flush()
    for signup in made:
        shift_letters.asked(signup, link)
    stamps.bump(*{stamp_of(shift.role.campaign_id) for shift in shifts})
    return made


def cancel(signup: Signup, link: Link) -> bool:
    """The person does not come; whoever waits longest moves up. False: it was given back already, or has begun."""
    shift = _held([signup.shift_id])[0]
    db.session.refresh(signup)
    if signup.state not in LIVE or shift.starts_at <= now():
        return False
    if signup.state == "taken":
        shift.taken -= 1
    signup.state, signup.changed_at = "cancelled", now()
    db.session.flush()
    move_up(shift, link)
    stamps.bump(stamp_of(shift.role.campaign_id))
    return True


def set_places(shift: Shift, places: int, link: Link) -> bool:
    """More or fewer places. False: fewer than are taken cannot be."""
    shift = _held([shift.id])[0]
    if places < max(1, shift.taken):
        return False
    shift.places = places
    db.session.flush()
    move_up(shift, link)
    stamps.bump(stamp_of(shift.role.campaign_id))
    return True


def call_off(shift: Shift, link: Link) -> int:
    """The shift does not take place: everybody on it is told. Returns how many. Doing it again does nothing."""
    shift = _held([shift.id])[0]
    if shift.called_off_at is not None:
        return 0
    shift.called_off_at, shift.taken = now(), 0
    query = select(Signup).where(Signup.shift_id == shift.id, Signup.state.in_(LIVE)).order_by(Signup.id)
    signups = db.session.scalars(query.execution_options(populate_existing=True)).all()
    for signup in signups:
        signup.state, signup.changed_at = "called_off", now()
        shift_letters.called_off(signup, link)
    stamps.bump(stamp_of(shift.role.campaign_id))
    return len(signups)


def move_up(shift: Shift, link: Link) -> None:
    """Gives free places to those who wait, the longest first. The caller holds the shift's row."""
    if shift.left <= 0 or shift.starts_at <= now() or shift.called_off_at is not None:
        return
    query = select(Signup).where(Signup.shift_id == shift.id, Signup.state == "waiting").order_by(Signup.id)
    for signup in db.session.scalars(query.limit(shift.left).execution_options(populate_existing=True)).all():
        signup.state, signup.taken_at, signup.changed_at = "taken", now(), now()
        shift.taken += 1
        db.session.flush()
        shift_letters.moved_up(signup, link)


def move_up_everywhere(link: Link, limit: int = 100) -> int:
    """For the worker: shifts with a free place that somebody waits for, as when a person was forgotten. How many.

    Does not commit.
    """
    waits = select(Signup.id).where(Signup.shift_id == Shift.id, Signup.state == "waiting").exists()
    query = select(Shift.id).where(
        Shift.starts_at > now(), Shift.called_off_at.is_(None), Shift.taken < Shift.places, waits
    )
    found = db.session.scalars(query.order_by(Shift.id).limit(limit)).all()
    for shift in _held(found):
        move_up(shift, link)
        stamps.bump(stamp_of(shift.role.campaign_id))
    return len(found)


def waiting_place(signup: Signup) -> int:
    """Which place on the waiting list this is, counted from one."""
    ahead = select(func.count()).where(
        Signup.shift_id == signup.shift_id, Signup.state == "waiting", Signup.id <= signup.id
    )
    return int(db.session.scalar(ahead) or 0)


def _held(shift_ids: Collection[int]) -> list[Shift]:
    """These shifts as they are now, held until the transaction ends; always in one order, so nobody deadlocks."""
    query = select(Shift).where(Shift.id.in_(shift_ids)).order_by(Shift.id).with_for_update(of=Shift)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def _why_not(volunteer: Volunteer, shift: Shift) -> Why | None:
    role: VolunteerRole = shift.role
    campaign: Campaign = role.campaign
    if not role.is_open or shift.called_off_at is not None or shift.starts_at <= now():
        return Why.OVER
    if state_on(campaign, tehran_day(now()))[0] not in TAKES_PEOPLE:
        return Why.OVER
    lacks = missing(volunteer, role)
    return None if lacks is None else _WORDS[lacks]


_WORDS = {
    Missing.SPECIALITY: Why.SPECIALITY,
    Missing.VERIFICATION: Why.UNVERIFIED,
    Missing.LICENCE: Why.LICENCE,
}


def _why_busy(volunteer: Volunteer, shift: Shift, asked: Collection[Shift]) -> Why | None:
    """Whether the person is on this shift already, or on another at the same time: kept, or asked for with it."""
    if any(other.id != shift.id and _meet(other, shift) for other in asked):
        return Why.OVERLAP
    query = (
        select(Signup.shift_id)
        .join(Shift, Shift.id == Signup.shift_id)
        .where(
            Signup.volunteer_id == volunteer.id,
            Signup.state.in_(LIVE),
            Shift.starts_at < shift.ends_at,
            Shift.ends_at > shift.starts_at,
        )
    )
    busy = set(db.session.scalars(query))
    if shift.id in busy:
        return Why.ALREADY
    return Why.OVERLAP if busy else None


def _meet(one: Shift, other: Shift) -> bool:
    return one.starts_at < other.ends_at and one.ends_at > other.starts_at


def _sign_up(holder: Holder, shift: Shift, asking: Asking) -> Signup:
    free = shift.left > 0
    if free:
        shift.taken += 1
    signup = Signup(
        code=holder.code,
        shift=shift,
        volunteer=holder.volunteer,
        language=asking.language,
        email=asking.email,
        state="taken" if free else "waiting",
        taken_at=now() if free else None,
    )
    db.session.add(signup)
    return signup
