"""Reads of volunteers, for themselves and for coordinators. `Reach`: the provinces a coordinator has; none: all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import joinedload

from campaigns.base.extensions import db
from campaigns.domain.volunteers.profile_models import (
    Speciality,
    Volunteer,
    VolunteerRequest,
    VolunteerSpeciality,
)
from campaigns.domain.volunteers.words import State

PAGE = 30
Reach = frozenset[str] | None


def by_code(code: str) -> Volunteer | VolunteerRequest | None:
    """What this code was given for: a person, or a later sign-up with a known number. A coordinator has called the
    number of one that is joined: its code opens what the person's own does.
    """
    found = db.session.scalar(select(Volunteer).where(Volunteer.code == code))
    if found is not None:
        return found
    query = select(VolunteerRequest).options(joinedload(VolunteerRequest.volunteer))
    request = db.session.scalar(query.where(VolunteerRequest.code == code))
    return request.volunteer if request is not None and request.state == "joined" else request


def one(reach: Reach, public_id: str) -> Volunteer | None:
    """This person, if the coordinator sees them; who was erased is seen by nobody."""
    query = select(Volunteer).where(Volunteer.public_id == public_id, Volunteer.erased_at.is_(None))
    return db.session.scalar(query.where(*_within(reach)).options(*_places()))


def in_state(reach: Reach, state: State, page: int, words: str = "") -> tuple[Sequence[Volunteer], int]:
    """One page of those in this state, the longest waiting first, and how many there are."""
    where = [Volunteer.state == state.value, Volunteer.erased_at.is_(None), *_within(reach)]
    if words:
        where.append(or_(Volunteer.name.contains(words, autoescape=True), Volunteer.mobile == words))
    total = db.session.scalar(select(func.count(Volunteer.id)).where(*where)) or 0
    query = select(Volunteer).where(*where).options(*_places())
    query = query.order_by(Volunteer.id).limit(PAGE).offset((page - 1) * PAGE)
    return db.session.scalars(query).all(), total


def numbers(reach: Reach) -> dict[str, int]:
    """How many are in each state."""
    query = select(Volunteer.state, func.count(Volunteer.id)).where(Volunteer.erased_at.is_(None))
    rows = db.session.execute(query.where(*_within(reach)).group_by(Volunteer.state))
    return {state: number for state, number in rows}  # noqa: C416 - a result is no mapping


def waiting_requests(reach: Reach, page: int) -> tuple[Sequence[VolunteerRequest], int]:
    """One page of later sign-ups that wait, the longest waiting first, and how many there are."""
    where = [VolunteerRequest.state == "waiting", *_within(reach)]
    count = select(func.count(VolunteerRequest.id)).join(VolunteerRequest.volunteer).where(*where)
    total = db.session.scalar(count) or 0
    query = select(VolunteerRequest).join(VolunteerRequest.volunteer).where(*where)
    query = query.options(joinedload(VolunteerRequest.volunteer).options(*_places()))
    query = query.order_by(VolunteerRequest.id).limit(PAGE).offset((page - 1) * PAGE)
    return db.session.scalars(query).all(), total


def request(reach: Reach, public_id: str) -> VolunteerRequest | None:
    query = select(VolunteerRequest).join(VolunteerRequest.volunteer).where(*_within(reach))
    return db.session.scalar(query.where(VolunteerRequest.public_id == public_id))


def specialities_of(ids: Collection[int]) -> dict[int, list[Speciality]]:
    """What each of these volunteers can do, in one query."""
    found: dict[int, list[Speciality]] = {volunteer_id: [] for volunteer_id in ids}
    query = (
        select(VolunteerSpeciality.volunteer_id, Speciality)
        .join(Speciality, Speciality.id == VolunteerSpeciality.speciality_id)
        .where(VolunteerSpeciality.volunteer_id.in_(ids))
        .order_by(Speciality.name_fa)
    )
    for volunteer_id, speciality in db.session.execute(query):
        found[volunteer_id].append(speciality)
    return found


@dataclass(frozen=True)
class Wanted:
    """Whom a coordinator looks for. No county: the whole province; no slot: whatever time."""

    speciality_id: int
    province_code: str
    county_id: int | None = None
    slot: int = 0


def match(wanted: Wanted, page: int = 1) -> tuple[Sequence[Volunteer], bool]:
    """One page of verified specialists, in the order they came, and whether there are more. One index answers:
    `ix_volunteer_speciality_match`.
    """
    query = select(VolunteerSpeciality.volunteer_id).where(*_fits(wanted))
    query = query.order_by(VolunteerSpeciality.volunteer_id).limit(PAGE + 1).offset((page - 1) * PAGE)
    ids = list(db.session.scalars(query))
    rows = select(Volunteer).where(Volunteer.id.in_(ids[:PAGE])).options(*_places()).order_by(Volunteer.id)
    return db.session.scalars(rows).all(), len(ids) > PAGE


def how_many(wanted: Wanted) -> int:
    return db.session.scalar(select(func.count()).select_from(VolunteerSpeciality).where(*_fits(wanted))) or 0


def facilitators(wanted: Wanted, limit: int = PAGE) -> Sequence[Volunteer]:
    """Verified facilitators of the same place and time, to stand beside the specialists."""
    query = select(Volunteer).where(
        Volunteer.is_facilitator == true(),
        Volunteer.state == State.VERIFIED.value,
        Volunteer.province_code == wanted.province_code,
    )
    if wanted.county_id is not None:
        query = query.where(Volunteer.county_id == wanted.county_id)
    if wanted.slot:
        query = query.where(Volunteer.slots.bitwise_and(wanted.slot) != 0)
    return db.session.scalars(query.options(*_places()).order_by(Volunteer.id).limit(limit)).all()


def _fits(wanted: Wanted) -> list[ColumnElement[bool]]:
    rows = VolunteerSpeciality
    where = [
        rows.speciality_id == wanted.speciality_id,
        rows.province_code == wanted.province_code,
        rows.is_listed == true(),
    ]
    if wanted.county_id is not None:
        where.append(rows.county_id == wanted.county_id)
    if wanted.slot:
        where.append(rows.slots.bitwise_and(wanted.slot) != 0)
    return where


def _within(reach: Reach) -> list[ColumnElement[bool]]:
    return [] if reach is None else [Volunteer.province_code.in_(reach)]


def _places() -> tuple[Any, ...]:
    return joinedload(Volunteer.province), joinedload(Volunteer.county)
