"""Files that show a problem: pictures painted anew, papers as they are, in a private folder. None of these commit."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.codes import public_id
from campaigns.base.extensions import db
from campaigns.base.privatefiles import read_private, write_private
from campaigns.domain.claims.pictures import Receipt
from campaigns.domain.problems.models import Problem, ProblemEvidence
from campaigns.domain.problems.queries import evidence_of

FOLDER = "problems"
ENDINGS = {"image": ".jpg", "pdf": ".pdf"}
MOST = 5
STRAY_AFTER = timedelta(days=1)


def room_for(problem: Problem | None, files: int) -> bool:
    """Whether so many more fit."""
    return (len(evidence_of(problem)) if problem else 0) + files <= MOST


def keep(problem: Problem, shown: Receipt, data_dir: Path) -> None:
    """Writes the file, then its row; the same file is kept once. Where the commit fails: `forget_strays`."""
    if any(row.sha256 == shown.sha256 for row in evidence_of(problem)):
        return
    name = public_id() + ENDINGS[shown.kind]
    write_private(data_dir / FOLDER / name, shown.data)
    db.session.add(
        ProblemEvidence(
            problem_id=problem.id,
            kind=shown.kind,
            stored=name,
            size=len(shown.data),
            width=shown.width,
            height=shown.height,
            sha256=shown.sha256,
        )
    )
    db.session.flush()


def data_of(row: ProblemEvidence, data_dir: Path) -> bytes | None:
    return read_private(data_dir / FOLDER / row.stored)


def forget_strays(data_dir: Path) -> int:
    """Removes files that no row has named for a day. Returns how many."""
    before = (now() - STRAY_AFTER).timestamp()
    old = [path for path in (data_dir / FOLDER).glob("*.*") if path.stat().st_mtime < before]
    named = select(ProblemEvidence.stored).where(ProblemEvidence.stored.in_([path.name for path in old]))
    kept = set(db.session.scalars(named))
    gone = [path for path in old if path.name not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
