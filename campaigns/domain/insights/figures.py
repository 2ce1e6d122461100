"""The figures of an organizer: gifts of their campaigns by day, by the way they came, by link, and by province.

No visitor is counted, only gifts that arrived and were not given back as a whole. Sums hold amounts that may be seen:
what donors hid stands in one line of its own, never inside a day or a link, unless the reader looks after the money.
How a few gifts came is not told: a link or a way with hardly any would say it of one donor whose gift is in the list.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, case, func, select

from campaigns.base.extensions import db
from campaigns.base.jalali import day_start
from campaigns.base.suppression import LEAST, Count, suppress_list
from campaigns.base.tehransql import TehranDay
from campaigns.domain.campaigns.models import campaign_province
from campaigns.domain.claims.models import TransferClaim
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.counter.models import Receipt
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import State
from campaigns.domain.supporters.source_models import GiftSource, SourceTag

TRANSFER, CASH, READER, OTHER = "transfer", "cash", "reader", "other"
DIRECT = ""
"""Of links: gifts that came by none."""
SEVERAL = ""
"""Of provinces: campaigns that serve more than one, or none in particular."""
PAID = (State.PAID.value, State.REVERSING.value, State.REVERSED.value)


@dataclass(frozen=True)
class Cell:
    """Some gifts. `rials` None: not told."""

    gifts: Count
    rials: int | None


@dataclass(frozen=True)
class Figures:
    """`days`: every day of the stretch, the oldest first. `hidden`: gifts whose amount the reader may not see, and
    their sum. `sources` by (campaign id, tag). Ways and links are empty where hardly any gift came at all.
    """

    first: date
    last: date
    days: Mapping[date, Cell]
    channels: Mapping[str, Cell]
    sources: Mapping[tuple[int, str], Cell]
    provinces: Mapping[str, Cell]
    gifts: int
    rials: int
    hidden: Cell


def figures(campaign_ids: Collection[int], first: date, last: date, *, all_amounts: bool) -> Figures:
    """Of these campaigns from `first` to `last`, both included. A fixed number of queries."""
    gifts = _Gifts(campaign_ids, first, last, all_amounts)
    by_day = {date.fromisoformat(day): cell for day, cell in gifts.by(TehranDay(Contribution.received_at))}
    number = (last - first).days + 1
    days = [first + timedelta(days=place) for place in range(number)]
    whole = list(by_day.values())
    number_of = sum(cell.gifts for cell in whole if isinstance(cell.gifts, int))
    enough = number_of >= LEAST
    return Figures(
        first=first,
        last=last,
        days={day: by_day.get(day, Cell(0, 0)) for day in days},
        channels=_guarded(dict(gifts.by(_channel()))) if enough else {},
        sources=_guarded(gifts.by_source()) if enough else {},
        provinces=gifts.by_province(),
        gifts=number_of,
        rials=sum(cell.rials or 0 for cell in whole),
        hidden=gifts.hidden(),
    )


class _Gifts:
    """The gifts that are counted, summed up by whatever is asked for."""

    def __init__(self, campaign_ids: Collection[int], first: date, last: date, all_amounts: bool) -> None:
        self.all_amounts = all_amounts
        self.conditions = (
            Contribution.campaign_id.in_(campaign_ids),
            Contribution.received_at >= day_start(first),
            Contribution.received_at < day_start(last + timedelta(days=1)),
            Contribution.refunded_at.is_(None),
        )

    def by(self, key: Any) -> Sequence[tuple[Any, Cell]]:
        query = select(key.label("key"), *self._sums()).where(*self.conditions).group_by(key)
        return [(row[0], Cell(row[1], int(row[2]))) for row in db.session.execute(query)]

    def by_source(self) -> dict[tuple[int, str], Cell]:
        """By link. A gift that came by none is under its campaign and no tag."""
        query = self._with_source(select(Contribution.campaign_id, SourceTag.tag, *self._sums()))
        rows = db.session.execute(query.group_by(Contribution.campaign_id, SourceTag.tag))
        return {(row[0], row[1] or DIRECT): Cell(row[2], int(row[3])) for row in rows}

    def by_province(self) -> dict[str, Cell]:
        """By the province a campaign serves: of the givers none is known."""
        one = (
            select(
                campaign_province.c.campaign_id,
                func.min(campaign_province.c.province_code).label("code"),
                func.count().label("number"),
            )
            .group_by(campaign_province.c.campaign_id)
            .subquery()
        )
        key = case((one.c.number == 1, one.c.code), else_=SEVERAL)
        query = (
            select(key.label("key"), *self._sums())
            .select_from(Contribution)
            .outerjoin(one, one.c.campaign_id == Contribution.campaign_id)
            .where(*self.conditions)
            .group_by(key)
        )
        return {row[0]: Cell(row[1], int(row[2])) for row in db.session.execute(query)}

    def hidden(self) -> Cell:
        """What donors hid from the reader, together: as much as a reader of the list and of the book knows."""
        if self.all_amounts:
            return Cell(0, 0)
        query = select(func.count(), func.coalesce(func.sum(Contribution.rials), 0))
        row = db.session.execute(query.where(*self.conditions, Contribution.hide_amount)).one()
        number = int(row[0])
        return Cell(number, int(row[1]) if number == 0 or number >= LEAST else None)

    def _with_source(self, query: Select[Any]) -> Select[Any]:
        joined = query.select_from(Contribution).outerjoin(GiftSource, GiftSource.gift_id == Contribution.id)
        return joined.outerjoin(SourceTag, SourceTag.id == GiftSource.source_id).where(*self.conditions)

    def _sums(self) -> tuple[Any, Any]:
        seen: Any = Contribution.rials
        if not self.all_amounts:
            seen = case((Contribution.hide_amount, 0), else_=Contribution.rials)
        return func.count(), func.coalesce(func.sum(seen), 0)


def _guarded(cells: Mapping[Any, Cell]) -> dict[Any, Cell]:
    """Without what would tell of a few: their counts and sums, and as many others as hide them."""
    counts = {key: cell.gifts for key, cell in cells.items() if isinstance(cell.gifts, int)}
    told, _whole = suppress_list(counts)
    return {
        key: Cell(told[key], cell.rials if isinstance(told[key], int) else None)
        for key, cell in cells.items()
    }


def _channel() -> Any:
    """How a gift came: its gateway by name, a transfer, or an office."""
    gateway = (
        select(func.min(PaymentAttempt.gateway))
        .where(PaymentAttempt.contribution_id == Contribution.id, PaymentAttempt.state.in_(PAID))
        .correlate(Contribution)
        .scalar_subquery()
    )
    transfer = select(TransferClaim.id).where(TransferClaim.contribution_id == Contribution.id)
    office = select(Receipt.id).where(Receipt.contribution_id == Contribution.id)
    by_reader = office.where(Receipt.reader_id.is_not(None))
    without = case(
        (transfer.correlate(Contribution).exists(), TRANSFER),
        (by_reader.correlate(Contribution).exists(), READER),
        (office.correlate(Contribution).exists(), CASH),
        else_=OTHER,
    )
    return func.coalesce(gateway, without)
