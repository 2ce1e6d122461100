"""How much of a spending has not been delivered yet. A correction stands in the stead of what it corrects."""

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.deliveries.models import Delivery
from campaigns.domain.deliveries.states import STANDS, State
from campaigns.domain.funds.models import Spending


def hold(spending: Spending) -> None:
    """Nobody else records a delivery of it before this transaction ends (on SQLite nobody could)."""
    row = select(Spending).where(Spending.id == spending.id).with_for_update(of=Spending)
    db.session.execute(row.execution_options(populate_existing=True)).scalar_one()


def left(spending: Spending, without: Delivery | None = None) -> int:
    """Rials of the spending that no delivery accounts for; `without` one of them and what it corrects."""
    rows = [
        (row.id, row.corrects_id, row.state, row.rials)
        for row in db.session.execute(
            select(Delivery.id, Delivery.corrects_id, Delivery.state, Delivery.rials).where(
                Delivery.spending_id == spending.id, Delivery.state.in_(STANDS)
            )
        )
        if without is None or row.id != without.id
    ]
    return spending.rials - sum(_taken(row, rows) for row in rows)


def _taken(row: tuple[int, int | None, str, int], rows: list[tuple[int, int | None, str, int]]) -> int:
    """What one row takes: nothing once a shown one has corrected it; a correction that waits only what it adds."""
    own_id, corrects_id, state, rials = row
    if any(other[1] == own_id and other[2] == State.SHOWN for other in rows):
        return 0
    if corrects_id is None or state == State.SHOWN:
        return rials
    return max(0, rials - sum(other[3] for other in rows if other[0] == corrects_id))
