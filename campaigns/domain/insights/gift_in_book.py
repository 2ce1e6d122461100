"""Where a gift stands in the public book, for its receipt."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.contributions.commitment import committed
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger.checkpoints import covering
from campaigns.domain.ledger.models import LedgerPlace


class InTheBook(NamedTuple):
    """`thread`: whether anything leads from the receipt to the book. `seq`: the line, once it has one. `signed_on`:
    the first signed day that holds it.
    """

    thread: bool
    seq: int | None = None
    signed_on: date | None = None


def gift_in_book(gift: Contribution) -> InTheBook:
    sealed = committed(gift.salt, gift.code)
    if sealed is None:
        return InTheBook(thread=False)
    line = select(LedgerPlace.seq).where(LedgerPlace.commitment == sealed).order_by(LedgerPlace.seq.desc())
    seq = db.session.scalar(line.limit(1))
    signed = covering(seq) if seq is not None else None
    return InTheBook(thread=True, seq=seq, signed_on=signed.day if signed else None)
