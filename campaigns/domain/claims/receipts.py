"""Receipts of donors: in a private folder, known by a row each, compared with those of others. None of these commit."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from campaigns.base.clock import now
from campaigns.base.codes import public_id
from campaigns.base.extensions import db
from campaigns.base.privatefiles import read_private, write_private
from campaigns.domain.claims import pictures
from campaigns.domain.claims.errors import Refused
from campaigns.domain.claims.models import ClaimReceipt, TransferClaim
from campaigns.domain.claims.queries import receipts

FOLDER = "receipts"
ENDINGS = {"image": ".jpg", "pdf": ".pdf"}
MOST = 5
COMPARED = 2_000
STRAY_AFTER = timedelta(days=1)


def keep(claim: TransferClaim, shown: pictures.Receipt, data_dir: Path) -> ClaimReceipt:
    """Writes the file, then its row. The same file sent twice for one claim is kept once. Raises `Refused("many")`.

    Where a commit fails a file without a row is left: `forget_strays`.
    """
    own = receipts(claim)
    for row in own:
        if row.sha256 == shown.sha256:
            return row
    if len(own) >= MOST:
        raise Refused("many")
    name = public_id() + ENDINGS[shown.kind]
    write_private(data_dir / FOLDER / name, shown.data)
    row = ClaimReceipt(
        claim_id=claim.id,
        kind=shown.kind,
        stored=name,
        size=len(shown.data),
        width=shown.width,
        height=shown.height,
        sha256=shown.sha256,
        **{f"band_{number}": band for number, band in enumerate(shown.bands, 1)},
    )
    db.session.add(row)
    db.session.flush()
    return row


def data_of(receipt: ClaimReceipt, data_dir: Path) -> bytes | None:
    """What was kept; None where the file is gone."""
    return read_private(data_dir / FOLDER / receipt.stored)


def receipt(claim: TransferClaim, public_id: str) -> ClaimReceipt | None:
    return db.session.scalar(
        select(ClaimReceipt).where(ClaimReceipt.claim_id == claim.id, ClaimReceipt.public_id == public_id)
    )


def lookalikes(receipt: ClaimReceipt) -> list[ClaimReceipt]:
    """Receipts of other claims that are the same file, or a picture that looks the same, the newest first."""
    same = [ClaimReceipt.sha256 == receipt.sha256]
    own = bands_of(receipt)
    if own:
        same += [getattr(ClaimReceipt, f"band_{number}") == band for number, band in enumerate(own, 1)]
    query = select(ClaimReceipt).where(ClaimReceipt.claim_id != receipt.claim_id, or_(*same))
    query = query.options(joinedload(ClaimReceipt.claim)).order_by(ClaimReceipt.id.desc()).limit(COMPARED)
    return [row for row in db.session.scalars(query) if _alike(row, receipt)]


def forget_strays(data_dir: Path) -> int:
    """Removes files that no row has named for a day. Returns how many."""
    folder, gone = data_dir / FOLDER, 0
    before = (now() - STRAY_AFTER).timestamp()
    old = [path for path in folder.glob("*.*") if path.stat().st_mtime < before]
    for start in range(0, len(old), COMPARED):
        some = old[start : start + COMPARED]
        names = ClaimReceipt.stored.in_([path.name for path in some])
        kept = set(db.session.scalars(select(ClaimReceipt.stored).where(names)))
        for path in some:
            if path.name not in kept:
                path.unlink(missing_ok=True)
                gone += 1
    return gone


def bands_of(row: ClaimReceipt) -> tuple[int, ...]:
    """The perceptual hash of a picture; empty for a paper."""
    found = (row.band_1, row.band_2, row.band_3, row.band_4)
    return tuple(band for band in found if band is not None)


def _alike(one: ClaimReceipt, other: ClaimReceipt) -> bool:
    here, there = bands_of(one), bands_of(other)
    if one.sha256 == other.sha256:
        return True
    return bool(here and there) and pictures.distance(here, there) <= pictures.ALIKE
