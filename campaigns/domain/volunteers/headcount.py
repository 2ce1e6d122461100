"""What the public may know of the network: how many of each speciality, in which province, small counts left out.

Whoever has two specialities is counted in both; facilitators are counted as one more.
"""

from sqlalchemy import func, select, true

from campaigns.base.extensions import db
from campaigns.base.suppression import Told, suppress_table
from campaigns.domain.regions.models import Province
from campaigns.domain.volunteers.profile_models import Speciality, Volunteer, VolunteerSpeciality
from campaigns.domain.volunteers.words import State

FACILITATORS = 0
"""Beside the ids of specialities."""


def headcount() -> Told[int, str]:
    """By speciality (row) and province (column), with sums. Everybody sees the same, so no difference tells more."""
    provinces = list(db.session.scalars(select(Province.code).order_by(Province.code)))
    specialities = list(db.session.scalars(select(Speciality.id).order_by(Speciality.id)))
    return suppress_table(_counts(), [*specialities, FACILITATORS], provinces)


def _counts() -> dict[tuple[int, str], int]:
    rows = VolunteerSpeciality
    of_specialities = (
        select(rows.speciality_id, rows.province_code, func.count())
        .where(rows.is_listed == true())
        .group_by(rows.speciality_id, rows.province_code)
    )
    found = {(one, place): number for one, place, number in db.session.execute(of_specialities)}
    of_facilitators = (
        select(Volunteer.province_code, func.count())
        .where(Volunteer.is_facilitator == true(), Volunteer.state == State.VERIFIED.value)
        .group_by(Volunteer.province_code)
    )
    return found | {(FACILITATORS, place): number for place, number in db.session.execute(of_facilitators)}
