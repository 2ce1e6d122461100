"""Papers that show what a volunteer is: in a private folder, known by a row each. None of these commit."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaigns.base.clock import now
from campaigns.base.codes import public_id
from campaigns.base.extensions import db
from campaigns.base.privatefiles import read_private, write_private
from campaigns.domain.volunteers.errors import Refused
from campaigns.domain.volunteers.profile_models import Volunteer, VolunteerEvidence

FOLDER = "volunteers"
ENDINGS = {"image": ".jpg", "pdf": ".pdf"}
MOST = 10
COMPARED = 2_000
STRAY_AFTER = timedelta(days=1)


def keep(volunteer: Volunteer, kind: str, data: bytes, by_id: int, data_dir: Path) -> VolunteerEvidence:
    """Writes the file, then its row; the same paper is kept once. Raises `Refused("many")`."""
    own, digest = papers_of(volunteer), sha256(data).digest()
    for row in own:
        if row.sha256 == digest:
            return row
    if len(own) >= MOST:
        raise Refused("many")
    name = public_id() + ENDINGS[kind]
    write_private(data_dir / FOLDER / name, data)
    row = VolunteerEvidence(
        volunteer_id=volunteer.id, kind=kind, stored=name, size=len(data), sha256=digest, added_by_id=by_id
    )
    db.session.add(row)
    db.session.flush()
    return row


def papers_of(volunteer: Volunteer) -> list[VolunteerEvidence]:
    query = select(VolunteerEvidence).where(VolunteerEvidence.volunteer_id == volunteer.id)
    query = query.options(joinedload(VolunteerEvidence.added_by)).order_by(VolunteerEvidence.id)
    return list(db.session.scalars(query))


def paper(volunteer: Volunteer, public_id: str) -> VolunteerEvidence | None:
    return db.session.scalar(
        select(VolunteerEvidence).where(
            VolunteerEvidence.volunteer_id == volunteer.id, VolunteerEvidence.public_id == public_id
        )
    )


def data_of(row: VolunteerEvidence, data_dir: Path) -> bytes | None:
    return read_private(data_dir / FOLDER / row.stored)


def remove(stored: str, data_dir: Path) -> None:
    """The file itself. Where it is gone already nothing is left to do."""
    (data_dir / FOLDER / stored).unlink(missing_ok=True)


def forget_strays(data_dir: Path) -> int:
    """Removes files that no row has named for a day: of a commit that failed, or of somebody who was erased just when
    the machine stopped. Returns how many.
    """
    before, gone = (now() - STRAY_AFTER).timestamp(), 0
    old = [path for path in (data_dir / FOLDER).glob("*.*") if path.stat().st_mtime < before]
    for start in range(0, len(old), COMPARED):
        some = old[start : start + COMPARED]
        names = VolunteerEvidence.stored.in_([path.name for path in some])
        known = set(db.session.scalars(select(VolunteerEvidence.stored).where(names)))
        for path in some:
            if path.name not in known:
                path.unlink(missing_ok=True)
                gone += 1
    return gone
