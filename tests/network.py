"""Volunteers for tests: specialities, people who signed up, coordinators who verified them."""

from collections.abc import Collection
from itertools import count
from typing import Any

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.regions.actions import seed_provinces
from campaigns.domain.regions.models import County
from campaigns.domain.volunteers.profile_models import Speciality, Volunteer
from campaigns.domain.volunteers.profiles import Profile, sign_up
from campaigns.domain.volunteers.specialities import add_standard
from campaigns.domain.volunteers.verification import decide
from campaigns.domain.volunteers.words import Slot, State
from tests.cast import person

KERMAN, YAZD = "IR-08", "IR-21"
_numbers = count(1)


def network() -> None:
    """Provinces, two counties of Kerman, the usual specialities."""
    seed_provinces()
    add_standard()
    for name in ("راین", "بافت"):
        db.session.add(County(province_code=KERMAN, name_fa=name))
    db.session.commit()


def county(name: str) -> int:
    return db.session.scalars(select(County.id).where(County.name_fa == name)).one()


def speciality(code: str) -> int:
    return db.session.scalars(select(Speciality.id).where(Speciality.code == code)).one()


def a_mobile() -> str:
    return f"+98912{next(_numbers):07}"


def profile(*codes: str, **facts: Any) -> Profile:
    about = {"name": "نرگس امینی", "province_code": KERMAN, "hours": 4, "slots": int(Slot.MORNING), **facts}
    return Profile(speciality_ids=tuple(sorted(speciality(code) for code in codes)), **about)


def signed_up(*codes: str, mobile: str = "", **facts: Any) -> Volunteer:
    """Somebody who has signed up just now."""
    code = sign_up(profile(*codes, **facts), mobile or a_mobile())
    db.session.commit()
    return db.session.scalars(select(Volunteer).where(Volunteer.code == code)).one()


def coordinator(name: str = "Nasrin", **where: Any) -> User:
    return person(name, Role.COORDINATOR, **where)


def verified(*codes: str, by: User, **facts: Any) -> Volunteer:
    """Somebody whom a coordinator has verified."""
    found = signed_up(*codes, **facts)
    decide(found, by, State.VERIFIED, seen=found.state, note="پروانه را دیدم")
    db.session.commit()
    return found


def names(people: Collection[Volunteer]) -> set[str]:
    return {one.name for one in people}
