"""What the public reads of a campaign's roles: words, shifts to come and places left. Never who has taken them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.volunteers.hour_models import HourEntry
from campaigns.domain.volunteers.shift_models import Shift, VolunteerRole
from campaigns.domain.volunteers.wordings import Said, shown_words

MOST_SHIFTS = 200


@dataclass(frozen=True)
class ShiftOffer:
    public_id: str
    starts_at: datetime
    ends_at: datetime
    places: int
    left: int


@dataclass(frozen=True)
class RoleOffer:
    """A role with the shifts that can still be taken or waited for, the earliest first."""

    campaign_id: int
    public_id: str
    words: Said
    county: str
    speciality: str
    needs_licence: bool
    shifts: Sequence[ShiftOffer]

    @property
    def next(self) -> ShiftOffer | None:
        """The first shift with a place left; the first of all where every one is full."""
        return next((shift for shift in self.shifts if shift.left > 0), next(iter(self.shifts), None))

    @property
    def left(self) -> int:
        return sum(shift.left for shift in self.shifts)

    @property
    def places(self) -> int:
        return sum(shift.places for shift in self.shifts)


@dataclass(frozen=True)
class Volunteering:
    """All of it for one campaign. `hours_given`: whole hours that were checked in."""

    roles: Sequence[RoleOffer]
    hours_given: int

    def __bool__(self) -> bool:
        return bool(self.roles or self.hours_given)


def volunteering(
    campaign_id: int, language: str, minutes: int | None = None, *, roles: bool = True
) -> Volunteering:
    """Four queries, whatever the number of roles, shifts and people. `minutes` (given so far) and that it has no
    `roles`: what the caller knows already.
    """
    given = minutes_given(campaign_id) if minutes is None else minutes
    return Volunteering(roles_in([campaign_id], language) if roles else (), given // 60)


def roles_in(campaign_ids: Sequence[int], language: str) -> list[RoleOffer]:
    """The open roles of several campaigns. Three queries."""
    query = (
        select(VolunteerRole)
        .where(VolunteerRole.campaign_id.in_(campaign_ids), VolunteerRole.is_open)
        .options(joinedload(VolunteerRole.speciality), joinedload(VolunteerRole.county))
        .order_by(VolunteerRole.id)
    )
    roles = db.session.scalars(query).all()
    if not roles:
        return []
    words = shown_words([role.id for role in roles], language)
    shifts = _shifts([role.id for role in roles])
    return [
        _offer(role, words[role.id], shifts.get(role.id, []), language) for role in roles if role.id in words
    ]


def minutes_given(campaign_id: int) -> int:
    """Checked in for this campaign by everybody together."""
    query = select(func.coalesce(func.sum(HourEntry.minutes), 0)).where(HourEntry.campaign_id == campaign_id)
    return int(db.session.scalar(query) or 0)


def _shifts(role_ids: Sequence[int]) -> dict[int, list[ShiftOffer]]:
    """The first of each campaign, so that none has less to offer beside others than alone."""
    place = func.row_number().over(
        partition_by=VolunteerRole.campaign_id, order_by=(Shift.starts_at, Shift.id)
    )
    ranked = (
        select(Shift.id, place.label("place"))
        .join(VolunteerRole, VolunteerRole.id == Shift.role_id)
        .where(Shift.role_id.in_(role_ids), Shift.called_off_at.is_(None), Shift.starts_at > now())
        .subquery()
    )
    query = select(Shift).join(ranked, ranked.c.id == Shift.id).where(ranked.c.place <= MOST_SHIFTS)
    found: dict[int, list[ShiftOffer]] = {}
    for shift in db.session.scalars(query.order_by(Shift.starts_at, Shift.id)):
        one = ShiftOffer(shift.public_id, shift.starts_at, shift.ends_at, shift.places, shift.left)
        found.setdefault(shift.role_id, []).append(one)
    return found


def _offer(role: VolunteerRole, words: Said, shifts: Sequence[ShiftOffer], language: str) -> RoleOffer:
    english = language == "en"
    county, skill = role.county, role.speciality
    return RoleOffer(
        campaign_id=role.campaign_id,
        public_id=role.public_id,
        words=words,
        county=((english and county.name_en) or county.name_fa) if county else "",
        speciality=(skill.name_en if english else skill.name_fa) if skill else "",
        needs_licence=role.needs_licence,
        shifts=shifts,
    )
