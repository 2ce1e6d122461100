"""Reads of roles, shifts and who is on them, for the desk and for the people themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from campaigns.base.extensions import db
from campaigns.domain.volunteers.holders import Holder
from campaigns.domain.volunteers.hours import Presence, presences
from campaigns.domain.volunteers.shift_models import LIVE, RoleWording, Shift, Signup, VolunteerRole
from campaigns.domain.volunteers.signups import waiting_place


@dataclass(frozen=True)
class OwnShift:
    """One signup as its person sees it. `place`: on the waiting list, from one; 0: not on it."""

    signup: Signup
    place: int
    presence: Presence | None


@dataclass(frozen=True)
class DeskRole:
    """A role on the desk: the words the public reads, if any, and those that wait or were sent back."""

    role: VolunteerRole
    shown: RoleWording | None
    pending: RoleWording | None
    shifts: Sequence[Shift]

    @property
    def words(self) -> RoleWording | None:
        return self.shown or self.pending


def role_of(campaign_id: int, public_id: str) -> VolunteerRole | None:
    query = select(VolunteerRole).where(
        VolunteerRole.campaign_id == campaign_id, VolunteerRole.public_id == public_id
    )
    return db.session.scalar(query)


def shift_of(campaign_id: int, public_id: str) -> Shift | None:
    query = (
        select(Shift)
        .join(VolunteerRole, VolunteerRole.id == Shift.role_id)
        .where(VolunteerRole.campaign_id == campaign_id, Shift.public_id == public_id)
    )
    return db.session.scalar(query)


def roles_of(campaign_id: int) -> list[DeskRole]:
    """Every role of a campaign with all its shifts: three queries."""
    query = select(VolunteerRole).where(VolunteerRole.campaign_id == campaign_id).order_by(VolunteerRole.id)
    roles = db.session.scalars(
        query.options(joinedload(VolunteerRole.speciality), joinedload(VolunteerRole.county))
    ).all()
    ids = [role.id for role in roles]
    wordings = select(RoleWording).where(RoleWording.role_id.in_(ids)).order_by(RoleWording.id)
    shown: dict[int, RoleWording] = {}
    pending: dict[int, RoleWording] = {}
    for wording in db.session.scalars(wordings):
        if wording.state == "shown":
            shown[wording.role_id] = wording
        elif wording.state != "replaced":
            pending[wording.role_id] = wording
    shifts: dict[int, list[Shift]] = {}
    for shift in db.session.scalars(
        select(Shift).where(Shift.role_id.in_(ids)).order_by(Shift.starts_at, Shift.id)
    ):
        shifts.setdefault(shift.role_id, []).append(shift)
    return [
        DeskRole(role, shown.get(role.id), pending.get(role.id), shifts.get(role.id, [])) for role in roles
    ]


def waiting_counts(campaign_id: int) -> dict[int, int]:
    """By shift: how many wait."""
    query = (
        select(Signup.shift_id, func.count())
        .join(Shift, Shift.id == Signup.shift_id)
        .join(VolunteerRole, VolunteerRole.id == Shift.role_id)
        .where(VolunteerRole.campaign_id == campaign_id, Signup.state == "waiting")
        .group_by(Signup.shift_id)
    )
    return {shift: int(count) for shift, count in db.session.execute(query)}


def roll(shift_id: int) -> list[Signup]:
    """Who has a place or waits, in the order in which they came; who has a place first."""
    query = (
        select(Signup)
        .where(Signup.shift_id == shift_id, Signup.state.in_(LIVE))
        .options(joinedload(Signup.volunteer))
        .order_by(Signup.state, Signup.id)
    )
    return list(db.session.scalars(query))


def signup_on(shift_id: int, public_id: str) -> Signup | None:
    query = select(Signup).where(Signup.shift_id == shift_id, Signup.public_id == public_id)
    return db.session.scalar(query)


def own_shifts(holder: Holder) -> list[OwnShift]:
    """What a code opens, the earliest shift first."""
    query = (
        select(Signup)
        .join(Signup.shift)
        .where(holder.signups)
        .options(contains_eager(Signup.shift).joinedload(Shift.role).joinedload(VolunteerRole.campaign))
        .order_by(Shift.starts_at, Signup.id)
    )
    signups = list(db.session.scalars(query))
    seen = presences([signup.id for signup in signups])
    return [
        OwnShift(signup, waiting_place(signup) if signup.state == "waiting" else 0, seen.get(signup.id))
        for signup in signups
    ]


def shift_ids(role_public_id: str, public_ids: Sequence[str]) -> list[int]:
    """Row ids of these shifts of one role."""
    query = (
        select(Shift.id)
        .join(VolunteerRole, VolunteerRole.id == Shift.role_id)
        .where(VolunteerRole.public_id == role_public_id, Shift.public_id.in_(public_ids))
    )
    return list(db.session.scalars(query))


def called_off_from(shift_id: int) -> list[Signup]:
    """Who was on a shift when it was called off: people to call."""
    query = select(Signup).where(Signup.shift_id == shift_id, Signup.state == "called_off")
    return list(db.session.scalars(query.options(joinedload(Signup.volunteer)).order_by(Signup.id)))
