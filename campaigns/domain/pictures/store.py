"""Where pictures and papers are: a folder for each picture, a file for each paper. None of these commit."""

import re
import shutil
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from sqlalchemy import ColumnElement, delete, exists, select, update

from campaigns.base.clock import now
from campaigns.base.codes import public_id
from campaigns.base.extensions import db
from campaigns.base.privatefiles import read_private, write_private
from campaigns.domain.accounts.models import User
from campaigns.domain.pictures.models import Paper, Picture, PictureConsent, PictureWithdrawal
from campaigns.domain.pictures.painting import MOST_BYTES, BadPicture
from campaigns.domain.pictures.sizes import KEY_LENGTH, Painted

FOLDER = "pictures"
PDF, PDF_ENDS = b"%PDF-", b"%%EOF"
STRAY_AFTER = timedelta(days=2)
"""How long something sent may wait until it is used, and a file for its row."""
_FILE = re.compile(r"[0-9]{2,4}\.(?:avif|webp|jpg)")
_TAIL = 2_048


def keep(shelf: str, painted: Painted, by: User, data_dir: Path) -> Picture:
    """Writes the files, then the row. Where the commit fails they are left: `forget_strays`."""
    name = public_id()
    for file, data in painted.files.items():
        write_private(data_dir / FOLDER / name / file, data)
    row = Picture(
        public_id=name,
        shelf=shelf,
        key=painted.key,
        width=painted.width,
        height=painted.height,
        forms=" ".join(painted.forms),
        added_by_id=by.id,
    )
    db.session.add(row)
    db.session.flush()
    return row


def keep_paper(shelf: str, sent: bytes, by: User, data_dir: Path) -> Paper:
    """Keeps a PDF as it is. Raises `BadPicture`: `empty`, `large`, `kind`, `broken`."""
    if not sent:
        raise BadPicture("empty")
    if len(sent) > MOST_BYTES:
        raise BadPicture("large")
    if not sent.startswith(PDF):
        raise BadPicture("kind")
    if PDF_ENDS not in sent[-_TAIL:]:
        raise BadPicture("broken")
    name = public_id()
    write_private(data_dir / FOLDER / f"{name}.pdf", sent)
    key = sha256(sent).hexdigest()[:KEY_LENGTH]
    row = Paper(public_id=name, shelf=shelf, key=key, size=len(sent), added_by_id=by.id)
    db.session.add(row)
    db.session.flush()
    return row


def data_of(picture: Picture, file: str, data_dir: Path) -> bytes | None:
    """One of its files by name; None where there is none of that name."""
    known = _FILE.fullmatch(file)
    return read_private(data_dir / FOLDER / picture.public_id / file) if known else None


def paper_data(paper: Paper, data_dir: Path) -> bytes | None:
    return read_private(data_dir / FOLDER / f"{paper.public_id}.pdf")


def pictures(names: Collection[str]) -> Mapping[str, Picture]:
    """By public id. Those of which consent was withdrawn are not there."""
    if not names:
        return {}
    query = select(Picture).where(Picture.public_id.in_(names), not_withdrawn())
    return {row.public_id: row for row in db.session.scalars(query)}


def papers(names: Collection[str]) -> Mapping[str, Paper]:
    """By public id."""
    if not names:
        return {}
    return {row.public_id: row for row in db.session.scalars(select(Paper).where(Paper.public_id.in_(names)))}


def on_shelf(shelf: str, name: str) -> Picture | None:
    """A picture that was sent for this very thing."""
    here = (Picture.public_id == name, Picture.shelf == shelf, not_withdrawn())
    return db.session.scalar(select(Picture).where(*here))


def not_withdrawn() -> ColumnElement[bool]:
    """Of a picture: everybody who is seen in it still agrees, as far as we were told."""
    return ~exists().where(PictureWithdrawal.key == Picture.key)


def is_withdrawn(key: str) -> bool:
    """Whether a picture with these bytes was taken from our pages for good."""
    return db.session.scalar(select(PictureWithdrawal.id).filter_by(key=key)) is not None


def key_of(name: str) -> str | None:
    """Of a picture by its public id, also of one that was taken away."""
    return db.session.scalar(select(Picture.key).where(Picture.public_id == name))


def with_key(key: str) -> frozenset[str]:
    """Public ids of all pictures with these bytes: the same file may have been sent more than once."""
    return frozenset(db.session.scalars(select(Picture.public_id).where(Picture.key == key)))


def destroy(names: Iterable[str], data_dir: Path) -> None:
    """Removes the files of these pictures. To be called once it is committed that nobody is shown them."""
    for name in names:
        _remove(data_dir / FOLDER / name)


def use(names: Collection[str]) -> None:
    """These pictures and papers are shown somewhere, or wait to be: they stay."""
    for table in (Picture, Paper):
        db.session.execute(update(table).where(table.public_id.in_(names), ~table.used).values(used=True))


def forget_strays(data_dir: Path) -> int:
    """Removes rows never used and files without a row, once they are old. Returns how many things went."""
    before = now() - STRAY_AFTER
    for table in (Picture, Paper):
        unused = (~table.used, table.added_at < before)
        if table is Picture:
            ids = select(Picture.id).where(*unused)
            db.session.execute(delete(PictureConsent).where(PictureConsent.picture_id.in_(ids)))
        db.session.execute(delete(table).where(*unused))
    db.session.flush()
    old = [path for path in (data_dir / FOLDER).glob("*") if path.stat().st_mtime < before.timestamp()]
    known = _known(path.stem for path in old)
    gone = [path for path in old if path.stem not in known]
    for path in gone:
        _remove(path)
    return len(gone)


def _known(names: Iterable[str]) -> frozenset[str]:
    wanted = [*names]
    return frozenset([*pictures(wanted), *papers(wanted)])


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
