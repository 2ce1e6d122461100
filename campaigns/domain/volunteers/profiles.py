"""What volunteers say about themselves: signing up, changing it, leaving. None of these commit.

One mobile number is one person. Whoever signs up with a number that is known gets an answer like everybody else, and a
code of their own; what they wrote waits for a coordinator, and nothing of the person behind the number is shown.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, select, update

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.codes import new_code, public_id
from campaigns.base.conflicts import insert
from campaigns.base.extensions import db
from campaigns.domain.volunteers.profile_models import (
    Speciality,
    Verification,
    Volunteer,
    VolunteerRequest,
    VolunteerSpeciality,
)
from campaigns.domain.volunteers.words import State

STAMP = "network"
"""Moves whenever the public page changes: with the verified and with calls in a crisis (`base.stamps`)."""
CHECKED = ("name", "licence_number", "is_facilitator")
"""What a coordinator has looked at: whoever changes it is looked at again."""


@dataclass(frozen=True)
class Profile:
    """What somebody says about themselves. `hours` a week; `slots` a sum of `words.Slot`."""

    name: str
    province_code: str
    county_id: int | None = None
    hours: int = 0
    slots: int = 0
    speciality_ids: tuple[int, ...] = ()
    licence_number: str = ""
    is_facilitator: bool = False
    about: str = ""
    language: str = "fa"

    @property
    def columns(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if name != "speciality_ids"}


def sign_up(profile: Profile, mobile: str, form_key: str | None = None) -> str:
    """The code under which this sign-up is found. The same form sent twice has one code."""
    known = _made_with(form_key) if form_key else None
    if known is not None:
        return known
    volunteer_id = first_with(mobile, form_key=form_key, **profile.columns)
    if volunteer_id is not None:
        volunteer = db.session.get_one(Volunteer, volunteer_id)
        set_specialities(volunteer, profile.speciality_ids)
        return volunteer.code
    there = db.session.scalars(select(Volunteer).where(Volunteer.mobile == mobile)).one()
    if form_key and there.form_key == form_key:
        return there.code
    return _request(there, profile, form_key)


def first_with(mobile: str, **columns: Any) -> int | None:
    """A new row for this number; its id, or none where somebody had it first, at the same moment too."""
    moment = now()
    row = {
        "public_id": public_id(),
        "code": new_code(),
        "mobile": mobile,
        "county_id": None,
        "hours": 0,
        "slots": 0,
        "licence_number": "",
        "is_facilitator": False,
        "about": "",
        "state": State.REGISTERED.value,
        "reason": "",
        "consented_at": moment,
        "created_at": moment,
        "changed_at": moment,
        **columns,
    }
    statement = insert(Volunteer).values(row).on_conflict_do_nothing().returning(Volunteer.id)
    return db.session.scalar(statement)


def change(volunteer: Volunteer, profile: Profile) -> None:
    """Another profile. What a coordinator has looked at, once it is different, is looked at again."""
    anew = any(getattr(volunteer, name) != getattr(profile, name) for name in CHECKED)
    anew = anew or not set(profile.speciality_ids) <= set(speciality_ids(volunteer.id))
    for name, value in profile.columns.items():
        setattr(volunteer, name, value)
    volunteer.changed_at = now()
    if volunteer.state in {State.MORE, State.LEFT, State.DECLINED} or (
        anew and volunteer.state == State.VERIFIED
    ):
        move(volunteer, State.REGISTERED)
    set_specialities(volunteer, profile.speciality_ids)


def leave(volunteer: Volunteer) -> None:
    """Matched and counted no longer. Doing it twice is doing it once."""
    if volunteer.state != State.LEFT:
        move(volunteer, State.LEFT)
        volunteer.changed_at = now()
    place(volunteer)


def withdraw(request: VolunteerRequest) -> None:
    """A sign-up nobody has joined yet is taken back."""
    if request.state == "waiting":
        request.state = "withdrawn"


def rewrite(request: VolunteerRequest, profile: Profile) -> None:
    """Another profile in a sign-up that nobody has joined: it waits again."""
    request.typed, request.state = kept_of(profile), "waiting"


def move(volunteer: Volunteer, after: State, actor_id: int | None = None, papers: int = 0) -> Verification:
    """The next state, written down. No actor: the volunteer."""
    step = Verification(
        volunteer_id=volunteer.id,
        before=volunteer.state,
        after=after.value,
        papers=papers,
        actor_id=actor_id,
    )
    volunteer.state = after.value
    db.session.add(step)
    db.session.flush()
    return step


def set_specialities(volunteer: Volunteer, ids: Collection[int]) -> None:
    """Exactly these, kept with what matching asks for."""
    had = set(speciality_ids(volunteer.id))
    gone = had - set(ids)
    if gone:
        db.session.execute(
            delete(VolunteerSpeciality).where(
                VolunteerSpeciality.volunteer_id == volunteer.id, VolunteerSpeciality.speciality_id.in_(gone)
            )
        )
    for speciality_id in sorted(set(ids) - had):
        db.session.add(
            VolunteerSpeciality(
                volunteer_id=volunteer.id,
                speciality_id=speciality_id,
                province_code=volunteer.province_code,
                slots=0,
            )
        )
    place(volunteer)


def place(volunteer: Volunteer) -> None:
    """Writes beside each speciality where and when its person can be had; to be called after every change of it."""
    db.session.flush()
    stamps.bump(STAMP)
    db.session.execute(
        update(VolunteerSpeciality)
        .where(VolunteerSpeciality.volunteer_id == volunteer.id)
        .values(
            province_code=volunteer.province_code,
            county_id=volunteer.county_id,
            slots=volunteer.slots,
            is_listed=volunteer.state == State.VERIFIED.value,
        )
    )


def speciality_ids(volunteer_id: int) -> list[int]:
    query = select(VolunteerSpeciality.speciality_id).where(VolunteerSpeciality.volunteer_id == volunteer_id)
    return list(db.session.scalars(query.order_by(VolunteerSpeciality.speciality_id)))


def profile_of(volunteer: Volunteer) -> Profile:
    columns = {
        name: getattr(volunteer, name) for name in Profile.__dataclass_fields__ if name != "speciality_ids"
    }
    return Profile(speciality_ids=tuple(speciality_ids(volunteer.id)), **columns)


def kept_of(profile: Profile) -> dict[str, Any]:
    """A profile as a request keeps it."""
    return {**asdict(profile), "speciality_ids": list(profile.speciality_ids)}


def typed_in(request: VolunteerRequest) -> Profile:
    typed = request.typed
    known = set(db.session.scalars(select(Speciality.id).where(Speciality.id.in_(typed["speciality_ids"]))))
    return Profile(**{**typed, "speciality_ids": tuple(n for n in typed["speciality_ids"] if n in known)})


def _made_with(form_key: str) -> str | None:
    for table in (Volunteer, VolunteerRequest):
        code = db.session.scalar(select(table.code).where(table.form_key == form_key))
        if code is not None:
            return code
    return None


def _request(volunteer: Volunteer, profile: Profile, form_key: str | None) -> str:
    row = {
        "public_id": public_id(),
        "code": new_code(),
        "volunteer_id": volunteer.id,
        "typed": kept_of(profile),
        "state": "waiting",
        "made_at": now(),
        "form_key": form_key,
    }
    statement = insert(VolunteerRequest).values(row).on_conflict_do_nothing()
    code = db.session.scalar(statement.returning(VolunteerRequest.code))
    return (
        code
        or db.session.scalars(
            select(VolunteerRequest.code).where(VolunteerRequest.form_key == form_key)
        ).one()
    )
