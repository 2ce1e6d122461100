"""Needs and places as plain data (JSON values only): what forms and files bring, and what waits for a moderator.

line   item unit accepted refused (each {fa, en}) county quantity unit_price_rials takes_money ends_on
place  name address hours (each {fa, en}) province county phone needs (public ids; none: everything)
"""

from datetime import date
from typing import Any

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.base.search import fold
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.goods.need_models import DropOffPlace, NeedLine, NeedState

Data = dict[str, Any]
LINE_TEXTS = ("item", "unit", "accepted", "refused")
PLACE_TEXTS = ("name", "address", "hours")
LINE_VALUES = ("quantity", "unit_price_rials", "takes_money")
LONGEST_KEY = 100


class TooFew(Exception):
    """Fewer than were promised or have come already."""


def item_key(item: str) -> str:
    """Two items with the same key are the same thing."""
    return fold(item)[:LONGEST_KEY]


def key_of(data: Data) -> str:
    """What makes a line this line within its campaign: the thing and its county."""
    return f"{data['county'] or 0}:{item_key(data['item']['fa'])}"


def read_line(line: NeedLine) -> Data:
    return {
        **_texts(line, LINE_TEXTS),
        **{name: getattr(line, name) for name in LINE_VALUES},
        "county": line.county_id,
        "ends_on": line.ends_on.isoformat() if line.ends_on else None,
    }


def write_line(campaign: Campaign, line: NeedLine | None, data: Data, confirmed_on: date) -> NeedLine:
    """Writes a line, a new one when `line` is none and the campaign has none with this key. Does not commit.

    Raises `TooFew`.
    """
    line = line or with_key(campaign.id, key_of(data)) or _new_line(campaign)
    if data["quantity"] < (line.reserved or 0) + (line.received or 0):
        raise TooFew
    _set_texts(line, LINE_TEXTS, data)
    for name in LINE_VALUES:
        setattr(line, name, data[name])
    line.county_id, line.key, line.item_key = data["county"], key_of(data), item_key(data["item"]["fa"])
    line.ends_on = date.fromisoformat(data["ends_on"]) if data["ends_on"] else None
    line.confirmed_on = confirmed_on
    if line.state == NeedState.HIDDEN:
        line.state = NeedState.SHOWN.value
    db.session.add(line)
    db.session.flush()
    return line


def with_key(campaign_id: int, key: str) -> NeedLine | None:
    return db.session.scalar(select(NeedLine).where(NeedLine.campaign_id == campaign_id, NeedLine.key == key))


def read_place(place: DropOffPlace) -> Data:
    return {
        **_texts(place, PLACE_TEXTS),
        "province": place.province_code,
        "county": place.county_id,
        "phone": place.phone,
        "needs": sorted(line.public_id for line in place.needs),
    }


def write_place(campaign: Campaign, place: DropOffPlace | None, data: Data) -> DropOffPlace:
    """Writes a place, a new one when `place` is none. Does not commit."""
    place = place or DropOffPlace(campaign_id=campaign.id)
    _set_texts(place, PLACE_TEXTS, data)
    place.province_code, place.county_id, place.phone = data["province"], data["county"], data["phone"]
    place.state = NeedState.SHOWN.value
    named = (NeedLine.campaign_id == campaign.id) & NeedLine.public_id.in_(data["needs"])
    place.needs = list(db.session.scalars(select(NeedLine).where(named)))
    db.session.add(place)
    db.session.flush()
    return place


def _new_line(campaign: Campaign) -> NeedLine:
    last = select(NeedLine.position).where(NeedLine.campaign_id == campaign.id)
    highest = db.session.scalar(last.order_by(NeedLine.position.desc()).limit(1))
    return NeedLine(campaign_id=campaign.id, position=0 if highest is None else highest + 1)


def _texts(thing: Any, names: tuple[str, ...]) -> Data:
    return {name: {code: getattr(thing, f"{name}_{code}") for code in ("fa", "en")} for name in names}


def _set_texts(thing: Any, names: tuple[str, ...], data: Data) -> None:
    for name in names:
        for code in ("fa", "en"):
            setattr(thing, f"{name}_{code}", data[name].get(code, ""))
