"""Pictures that show what was delivered: painted anew, without anything that came along, in a private folder."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.codes import public_id
from campaigns.base.extensions import db
from campaigns.base.privatefiles import read_private, write_private
from campaigns.domain.claims.pictures import BadReceipt, Receipt, read
from campaigns.domain.deliveries.models import Delivery

FOLDER = "evidence"
STRAY_AFTER = timedelta(days=1)


def picture(sent: bytes) -> Receipt:
    """Raises `BadReceipt`; papers are refused as `kind`, for they cannot be painted anew."""
    found = read(sent)
    if found.kind != "image":
        raise BadReceipt("kind")
    return found


def keep(delivery: Delivery, shown: Receipt, data_dir: Path) -> None:
    """Writes the file, then names it. Where the commit fails the file is left: `forget_strays`."""
    delivery.stored, delivery.sha256 = f"{public_id()}.jpg", shown.sha256
    delivery.width, delivery.height = shown.width, shown.height
    write_private(data_dir / FOLDER / delivery.stored, shown.data)


def data_of(delivery: Delivery, data_dir: Path) -> bytes | None:
    """The picture; None where there is none."""
    return read_private(data_dir / FOLDER / delivery.stored) if delivery.stored else None


def forget_strays(data_dir: Path) -> int:
    """Removes files that no row has named for a day. Returns how many."""
    before = (now() - STRAY_AFTER).timestamp()
    old = [path for path in (data_dir / FOLDER).glob("*.jpg") if path.stat().st_mtime < before]
    named = select(Delivery.stored).where(Delivery.stored.in_([path.name for path in old]))
    kept = set(db.session.scalars(named))
    gone = [path for path in old if path.name not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
