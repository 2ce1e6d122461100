"""What the public reads of a campaign's needs: plain values, no database behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from campaigns.base.clock import now
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.goods.board import Board, Count, board, boards
from campaigns.domain.goods.need_models import DropOffPlace, NeedLine, NeedState
from campaigns.domain.goods.need_queries import places_of


@dataclass(frozen=True)
class Place:
    """Where goods may be brought."""

    public_id: str
    name: str
    area: str  # county or province
    address: str
    hours: str
    phone: str
    items: Sequence[str]  # empty: everything


@dataclass(frozen=True)
class Need:
    """One need. `open`: neither closed nor complete nor past its last day."""

    public_id: str
    item: str
    unit: str
    accepted: str
    refused: str
    county: str  # empty: wherever the campaign helps
    count: Count
    price_rials: int  # 0: not told
    takes_money: bool
    is_next: bool  # the next money goes to it
    towards_next_rials: int
    ends_on: date | None
    confirmed_on: date
    closed: bool
    over: bool  # its last day has passed
    places: Sequence[Place]

    @property
    def open(self) -> bool:
        return not self.closed and not self.over and self.count.remaining > 0

    @property
    def complete(self) -> bool:
        return self.count.there >= self.count.quantity


@dataclass(frozen=True)
class Needs:
    """Every need of one campaign, in its order. `confirmed_on`: the oldest word on an open one."""

    rows: Sequence[Need]
    places: Sequence[Place]

    @property
    def open(self) -> list[Need]:
        return [need for need in self.rows if need.open]

    @property
    def complete(self) -> int:
        return sum(need.complete for need in self.rows)

    @property
    def confirmed_on(self) -> date | None:
        return min((need.confirmed_on for need in self.open), default=None)


def needs_of(campaign: Campaign, language: str, found: Board | None = None) -> Needs:
    """Five queries at most, however many needs, pledges and gifts. `found`: its board, where the caller has it."""
    found = found or board(campaign.id)
    places = places_of(campaign.id) if found.lines else ()
    return Needs(
        [_need(line, found, places, language) for line in found.lines],
        [_place(place, language) for place in places],
    )


def needs_in(campaign_ids: Sequence[int], language: str) -> dict[int, Needs]:
    """The needs of several campaigns, in this order, without the places where they may be brought. Two queries."""
    return {
        key: Needs([_need(line, found, (), language) for line in found.lines], ())
        for key, found in boards(campaign_ids).items()
    }


def text(thing: Any, name: str, language: str) -> str:
    """A text of a line or a place; Persian where the language has none."""
    return str((language == "en" and getattr(thing, f"{name}_en")) or getattr(thing, f"{name}_fa"))


def area_of(thing: NeedLine | DropOffPlace, language: str) -> str:
    """Its county; of a place without one its province."""
    if thing.county is not None:
        return (language == "en" and thing.county.name_en) or thing.county.name_fa
    if isinstance(thing, DropOffPlace):
        return thing.province.name_en if language == "en" else thing.province.name_fa
    return ""


def _need(line: NeedLine, found: Board, places: Sequence[DropOffPlace], language: str) -> Need:
    here = [place for place in places if not place.needs or line in place.needs]
    is_next = found.next_id == line.id
    return Need(
        public_id=line.public_id,
        **{name: text(line, name, language) for name in ("item", "unit", "accepted", "refused")},
        county=area_of(line, language),
        count=found.counts[line.id],
        price_rials=line.unit_price_rials,
        takes_money=line.takes_money,
        is_next=is_next,
        towards_next_rials=found.towards_next_rials if is_next else 0,
        ends_on=line.ends_on,
        confirmed_on=line.confirmed_on,
        closed=line.state == NeedState.CLOSED,
        over=line.ends_on is not None and line.ends_on < tehran_day(now()),
        places=[_place(place, language) for place in here],
    )


def _place(place: DropOffPlace, language: str) -> Place:
    return Place(
        public_id=place.public_id,
        name=text(place, "name", language),
        area=area_of(place, language),
        address=text(place, "address", language),
        hours=text(place, "hours", language),
        phone=place.phone,
        items=[text(line, "item", language) for line in place.needs if line.state == NeedState.SHOWN],
    )
