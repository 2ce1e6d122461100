"""How many of each kind reached people where, as it may be published: no cell tells of a few families.

A reader sees no more than these tables, so what one of them leaves out no other may tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from campaigns.base.extensions import db
from campaigns.base.sorting import persian_key
from campaigns.base.suppression import Count, Told, suppress_table
from campaigns.domain.deliveries.models import Delivery, GrantKind
from campaigns.domain.deliveries.queries import counted
from campaigns.domain.regions.models import County, Province


@dataclass(frozen=True)
class Place:
    """A county or a province, named in the reader's language. `key`: its row id or its code."""

    key: Any
    name: str


@dataclass(frozen=True)
class Grants:
    """Kinds down, places across. `told`: numbers, or why there is none (`suppression.Untold`)."""

    kinds: Sequence[Place]
    places: Sequence[Place]
    told: Told[str, Any]

    @property
    def total(self) -> Count:
        return self.told.total

    def tells(self, kind: str, place: Any) -> bool:
        """Whether the number of this kind there is told, so that the place may be named beside it."""
        return type(self.told.cell(kind, place)) is int


def of_campaign(campaign_id: int, language: str) -> Grants:
    """By kind and county."""
    query = _by_county().where(Delivery.campaign_id == campaign_id)
    return _county_table(query, language)


def in_province(code: str, language: str) -> Grants:
    """By kind and county of one province."""
    return _county_table(_by_county().where(County.province_code == code), language)


def by_province(language: str) -> Grants:
    """By kind and province."""
    query = (
        select(Delivery.kind_code, County.province_code, func.sum(Delivery.quantity))
        .join(County, County.id == Delivery.county_id)
        .where(counted(), Delivery.quantity > 0)
        .group_by(Delivery.kind_code, County.province_code)
    )
    counts = {(row[0], row[1]): int(row[2]) for row in db.session.execute(query)}
    codes = {place for _kind, place in counts}
    places = db.session.scalars(select(Province).where(Province.code.in_(codes)))
    return _table(counts, [(place.code, place) for place in places], language)


def _by_county() -> Select[Any]:
    return (
        select(Delivery.kind_code, Delivery.county_id, func.sum(Delivery.quantity))
        .join(County, County.id == Delivery.county_id)
        .where(counted(), Delivery.quantity > 0)
        .group_by(Delivery.kind_code, Delivery.county_id)
    )


def _county_table(query: Select[Any], language: str) -> Grants:
    counts = {(row[0], row[1]): int(row[2]) for row in db.session.execute(query)}
    ids = {place for _kind, place in counts}
    places = db.session.scalars(select(County).where(County.id.in_(ids))) if ids else ()
    return _table(counts, [(place.id, place) for place in places], language)


def _table(counts: dict[tuple[str, Any], int], places: Sequence[tuple[Any, Any]], language: str) -> Grants:
    codes = {kind for kind, _place in counts}
    rows = select(GrantKind).where(GrantKind.code.in_(codes)).order_by(GrantKind.position, GrantKind.code)
    found = db.session.scalars(rows).all() if codes else ()
    kinds = [Place(kind.code, kind.name_en if language == "en" else kind.name_fa) for kind in found]
    ordered = sorted(places, key=lambda pair: persian_key(pair[1].name_fa))
    there = [Place(key, (language == "en" and place.name_en) or place.name_fa) for key, place in ordered]
    told = suppress_table(counts, [kind.key for kind in kinds], [place.key for place in there])
    return Grants(kinds, there, told)
