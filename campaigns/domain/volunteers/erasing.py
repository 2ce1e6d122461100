"""Forgetting a volunteer: what is personal goes, that somebody was there stays. Does not commit."""

from pathlib import Path

from sqlalchemy import delete, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.volunteers import evidence
from campaigns.domain.volunteers.forgetting import forget_shifts
from campaigns.domain.volunteers.profile_models import (
    Verification,
    VerificationWords,
    Volunteer,
    VolunteerEvidence,
    VolunteerRequest,
    VolunteerSpeciality,
)
from campaigns.domain.volunteers.profiles import leave
from campaigns.domain.volunteers.surge_models import SurgeSignup


def erase(volunteer: Volunteer) -> list[str]:
    """Erases name, number, papers and words. The number is free again. Returns the names of the files, which the
    caller removes once this is committed (`evidence.remove`).
    """
    leave(volunteer)
    forget_shifts(volunteer)
    steps = select(Verification.id).where(Verification.volunteer_id == volunteer.id)
    files = [row.stored for row in evidence.papers_of(volunteer)]
    db.session.execute(delete(VerificationWords).where(VerificationWords.verification_id.in_(steps)))
    for table in (VolunteerEvidence, VolunteerRequest, VolunteerSpeciality, SurgeSignup):
        db.session.execute(delete(table).where(table.volunteer_id == volunteer.id))
    volunteer.name = volunteer.licence_number = volunteer.about = volunteer.reason = ""
    volunteer.mobile, volunteer.county_id, volunteer.erased_at = None, None, now()
    volunteer.hours = volunteer.slots = 0
    volunteer.is_facilitator = False
    db.session.flush()
    return files


def forget_files(files: list[str], data_dir: Path) -> None:
    for name in files:
        evidence.remove(name, data_dir)
