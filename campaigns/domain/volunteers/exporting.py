"""Every volunteer of some provinces, some hundreds at a time: for a file."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaigns.base.extensions import db
from campaigns.domain.volunteers.profile_models import Speciality, Volunteer
from campaigns.domain.volunteers.queries import Reach, specialities_of

PIECE = 500


def every_volunteer(reach: Reach) -> Iterator[tuple[Volunteer, list[Speciality]]]:
    """In the order they came; nobody who was erased."""
    last = 0
    while True:
        query = select(Volunteer).where(Volunteer.id > last, Volunteer.erased_at.is_(None))
        if reach is not None:
            query = query.where(Volunteer.province_code.in_(reach))
        query = query.options(joinedload(Volunteer.province), joinedload(Volunteer.county))
        rows = db.session.scalars(query.order_by(Volunteer.id).limit(PIECE)).all()
        if not rows:
            return
        can = specialities_of([row.id for row in rows])
        yield from ((row, can[row.id]) for row in rows)
        last = rows[-1].id
