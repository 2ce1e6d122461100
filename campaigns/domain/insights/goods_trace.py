"""How far the goods of a pledge have come: packed, sent, arrived in which county. The rule is `goods.outgoing`."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaigns.base.extensions import db
from campaigns.base.suppression import LEAST
from campaigns.domain.goods.need_views import text
from campaigns.domain.goods.outgoing import Stage
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.pledge_trace import arrived_in, pledge_parts
from campaigns.domain.insights.gift_trace import Stop
from campaigns.domain.regions.models import County


@dataclass(frozen=True)
class GoodsTrace:
    """Pieces of one pledge, stage by stage: each stage holds what went on to the next. `lost`: spoiled or lost."""

    received: int
    packed: int
    sent: int
    arrived: int
    lost: int
    stops: list[Stop]


def pledge_trace(pledge: Pledge, language: str) -> GoodsTrace | None:
    """None: nothing of it has come."""
    received, parts = pledge_parts(pledge)
    if not received:
        return None
    upto = [sum(part.quantity for part in parts if part.stage <= stage) for stage in Stage]
    return GoodsTrace(
        received,
        packed=upto[Stage.PACKED],
        sent=upto[Stage.SENT],
        arrived=upto[Stage.ARRIVED],
        lost=received - upto[Stage.SHELF],
        stops=_stops(pledge, [part.what for part in parts if part.stage == Stage.ARRIVED], language),
    )


def _stops(pledge: Pledge, county_ids: list[int], language: str) -> list[Stop]:
    """Each county once, in the order in which the goods arrived; where few pieces did, its province alone."""
    if not county_ids:
        return []
    everywhere, english = arrived_in(pledge.need_id), language == "en"
    rows = db.session.scalars(
        select(County).where(County.id.in_(county_ids)).options(joinedload(County.province))
    )
    counties = {county.id: county for county in rows}
    found = []
    for county in (counties[number] for number in dict.fromkeys(county_ids)):
        name = (english and county.name_en) or county.name_fa
        told = everywhere.get(county.id, 0) >= LEAST
        province = county.province.name_en if english else county.province.name_fa
        found.append(Stop(text(pledge.need, "item", language), name if told else "", province))
    return list(dict.fromkeys(found))
