"""The same money told of by files of two kinds. Does not commit.

Their words differ, so their checksums do: such a line is not booked before people say that it is other money.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import select

from campaigns.base.among import among
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.statements.models import StatementLine
from campaigns.domain.statements.outcomes import Outcome

A_DAY = timedelta(days=1)
A_MINUTE = timedelta(minutes=1)
TOLD = ("balance_rials", "document", "tracking", "last4")


def mark_twins(bank_account_id: int, fresh: Sequence[int]) -> None:
    """Marks those of the new lines that an earlier file of another kind has told of, each by a line of its own."""
    if not fresh:
        return
    mine = among(db.session, StatementLine.id, fresh)
    order = StatementLine.booked_at, StatementLine.checksum, StatementLine.occurrence
    came = list(
        db.session.scalars(select(StatementLine).where(mine, StatementLine.rials > 0).order_by(*order))
    )
    others = _others(bank_account_id, came) if came else []
    for line in came:
        twin = next((other for other in others if is_twin(line, other)), None)
        if twin is not None:
            others.remove(twin)
            line.outcome, line.twin_id = Outcome.DUPLICATE.value, twin.id
    db.session.flush()


def is_twin(line: StatementLine, other: StatementLine) -> bool:
    """The same sum on the same day, and nothing that both say differs."""
    if line.rials != other.rials or tehran_day(line.booked_at) != tehran_day(other.booked_at):
        return False
    if line.has_time and other.has_time and abs(line.booked_at - other.booked_at) >= A_MINUTE:
        return False
    return not any(one and another and one != another for one, another in _pairs(line, other))


def _pairs(line: StatementLine, other: StatementLine) -> Iterator[tuple[object, object]]:
    for name in TOLD:
        yield getattr(line, name), getattr(other, name)


def _others(bank_account_id: int, came: Sequence[StatementLine]) -> list[StatementLine]:
    """Lines of these days that another kind of file told, and that no line of this kind has repeated yet."""
    shape = came[0].shape
    repeated = select(StatementLine.twin_id).where(
        StatementLine.shape == shape, StatementLine.twin_id.is_not(None)
    )
    query = select(StatementLine).where(
        StatementLine.bank_account_id == bank_account_id,
        StatementLine.shape != shape,
        StatementLine.rials > 0,
        StatementLine.outcome != Outcome.TAKEN_BACK.value,
        StatementLine.booked_at.between(came[0].booked_at - A_DAY, came[-1].booked_at + A_DAY),
        StatementLine.id.not_in(repeated),
    )
    return list(db.session.scalars(query.order_by(StatementLine.booked_at, StatementLine.id)))
