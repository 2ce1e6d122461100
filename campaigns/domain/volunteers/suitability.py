"""Who may take a shift of a role: where a speciality is asked for, only people whom a coordinator has verified."""

from enum import StrEnum

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.volunteers.profile_models import Volunteer, VolunteerSpeciality
from campaigns.domain.volunteers.shift_models import VolunteerRole


class Missing(StrEnum):
    """What somebody lacks for a role, the first thing to see to."""

    SPECIALITY = "speciality"
    VERIFICATION = "verification"
    LICENCE = "licence"


def missing(volunteer: Volunteer, role: VolunteerRole) -> Missing | None:
    """What this person lacks; None: nothing."""
    if role.speciality_id is None:
        return None
    listed = db.session.scalar(
        select(VolunteerSpeciality.is_listed).where(
            VolunteerSpeciality.volunteer_id == volunteer.id,
            VolunteerSpeciality.speciality_id == role.speciality_id,
        )
    )
    if listed is None:
        return Missing.SPECIALITY
    if not listed:
        return Missing.VERIFICATION
    return Missing.LICENCE if role.needs_licence and not volunteer.licence_number else None
