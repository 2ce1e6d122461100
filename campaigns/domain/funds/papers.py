"""The papers of a spending: kept in a private folder, shown to who handles money; one redacted copy for everybody.

None of these commit.
"""

from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.codes import public_id
from campaigns.base.extensions import db
from campaigns.base.privatefiles import read_private, write_private
from campaigns.domain.accounts.models import User
from campaigns.domain.claims.pictures import Receipt
from campaigns.domain.funds.models import Spending
from campaigns.domain.funds.paper_models import SpendingPaper

FOLDER = "papers"
ENDINGS = {"image": ".jpg", "pdf": ".pdf"}
MOST = 10
STRAY_AFTER = timedelta(days=1)


class PaperRefused(Exception):
    """`code`: `many` are there already, `public`: there is a copy for everybody, `kind`: only a picture is shown."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def add(
    spending: Spending,
    paper: Receipt,
    dated_on: date | None,
    by: User,
    data_dir: Path,
    *,
    is_public: bool = False,
) -> SpendingPaper:
    """Writes the file, then its row. Where the commit fails the file is left: `forget_strays`."""
    known = papers_of(spending.id)
    if len(known) >= MOST:
        raise PaperRefused("many")
    if is_public and paper.kind != "image":
        raise PaperRefused("kind")
    if is_public and any(row.is_public for row in known):
        raise PaperRefused("public")
    name = public_id() + ENDINGS[paper.kind]
    write_private(data_dir / FOLDER / name, paper.data)
    row = SpendingPaper(
        spending_id=spending.id,
        kind=paper.kind,
        is_public=is_public,
        dated_on=dated_on,
        stored=name,
        size=len(paper.data),
        sha256=paper.sha256,
        added_by_id=by.id,
    )
    db.session.add(row)
    db.session.flush()
    stamps.bump(stamps.of_campaign(spending.campaign_id))
    return row


def papers_of(spending_id: int) -> list[SpendingPaper]:
    query = select(SpendingPaper).where(SpendingPaper.spending_id == spending_id)
    return list(
        db.session.scalars(query.options(joinedload(SpendingPaper.added_by)).order_by(SpendingPaper.id))
    )


def paper(spending: Spending, name: str) -> SpendingPaper | None:
    return db.session.scalar(
        select(SpendingPaper).where(SpendingPaper.spending_id == spending.id, SpendingPaper.public_id == name)
    )


def public_papers(spending_ids: Collection[int]) -> dict[int, SpendingPaper]:
    """By spending: the copy that everybody may see."""
    query = select(SpendingPaper).where(SpendingPaper.spending_id.in_(spending_ids), SpendingPaper.is_public)
    return {row.spending_id: row for row in db.session.scalars(query)}


def public_paper(name: str) -> SpendingPaper | None:
    return db.session.scalar(
        select(SpendingPaper).where(SpendingPaper.public_id == name, SpendingPaper.is_public)
    )


def dates(spending_ids: Collection[int]) -> dict[int, date]:
    """By spending: the newest day that stands on one of its papers."""
    query = (
        select(SpendingPaper.spending_id, SpendingPaper.dated_on)
        .where(SpendingPaper.spending_id.in_(spending_ids), SpendingPaper.dated_on.is_not(None))
        .order_by(SpendingPaper.dated_on)
    )
    return {number: day for number, day in db.session.execute(query) if day is not None}


def data_of(row: SpendingPaper, data_dir: Path) -> bytes | None:
    """What was kept; None where the file is gone."""
    return read_private(data_dir / FOLDER / row.stored)


def forget_strays(data_dir: Path) -> int:
    """Removes files that no row has named for a day. Returns how many."""
    before = (now() - STRAY_AFTER).timestamp()
    old = [path for path in (data_dir / FOLDER).glob("*.*") if path.stat().st_mtime < before]
    named = select(SpendingPaper.stored).where(SpendingPaper.stored.in_([path.name for path in old]))
    kept = set(db.session.scalars(named))
    gone = [path for path in old if path.name not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
