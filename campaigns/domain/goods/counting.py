"""The two counters of a need, moved so that it never falls below zero. None of these commit.

Each is one conditional update or works on a locked row: fifty people who race for the last five get five between
them, on both engines. Whoever keeps pledges and goods calls these in the transaction that writes its own rows.
"""

from sqlalchemy import ColumnElement, Update, and_, or_, select, update

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.goods.board import board
from campaigns.domain.goods.need_models import NeedLine, NeedState


def hold(need: NeedLine, quantity: int) -> bool:
    """Reserves `quantity` of an open need. False, and nothing done, when fewer remain, it is closed or its last day
    is over."""
    if quantity < 1:
        raise ValueError("a promise is of at least one")
    counts = board(need.campaign_id).counts
    if need.id not in counts:
        return False
    fits = NeedLine.reserved + NeedLine.received + counts[need.id].bought + quantity <= NeedLine.quantity
    lasts = or_(NeedLine.ends_on.is_(None), NeedLine.ends_on >= tehran_day(now()))
    return _move(need, quantity, and_(fits, lasts, NeedLine.state == NeedState.SHOWN.value))


def let_go(need: NeedLine, quantity: int) -> bool:
    """Gives a reservation back, closed or not. False when so many are not reserved: a mistake of the caller."""
    return _move(need, -quantity, NeedLine.reserved >= quantity)


def rehold(need: NeedLine, before: int, after: int) -> bool:
    """Changes a reservation. False, and nothing done, when the difference does not fit."""
    if after == before:
        return True
    return hold(need, after - before) if after > before else let_go(need, before - after)


def receive(need: NeedLine, held: int, came: int) -> int:
    """Ends a reservation of `held` (0: nobody had promised) with `came` that came. Returns how many of them count
    towards the need: what comes beyond it is for the stock alone. What did not come is open again.
    """
    row = db.session.scalars(
        select(NeedLine)
        .where(NeedLine.id == need.id)
        .with_for_update(of=NeedLine)
        .execution_options(populate_existing=True)
    ).one()
    if not 0 <= held <= row.reserved or came < 0:
        raise ValueError("so many are not reserved")
    row.reserved -= held
    counts = min(came, row.quantity - row.received - row.reserved)
    row.received += counts
    db.session.flush()
    _seen(row)
    return counts


def take_back(need: NeedLine, quantity: int) -> bool:
    """Corrects what was counted as received. False when so many were not."""
    lower = update(NeedLine).where(NeedLine.id == need.id, NeedLine.received >= quantity)
    return _done(need, lower.values(received=NeedLine.received - quantity))


def _move(need: NeedLine, by: int, allowed: ColumnElement[bool]) -> bool:
    change = update(NeedLine).where(NeedLine.id == need.id, allowed)
    return _done(need, change.values(reserved=NeedLine.reserved + by))


def _done(need: NeedLine, change: Update) -> bool:
    done = db.session.execute(change.execution_options(synchronize_session=False))
    moved = bool(done.rowcount == 1)  # type: ignore[attr-defined]
    db.session.expire(need, ["reserved", "received"])
    if moved:
        _seen(need)
    return moved


def _seen(need: NeedLine) -> None:
    stamps.bump(stamps.of_campaign(need.campaign_id))
