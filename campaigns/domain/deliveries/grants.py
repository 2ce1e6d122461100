"""How many of each kind reached people where, as it may be published: no cell tells of a few families.

Small numbers are left out of the table of a campaign; sums of several campaigns are made of what is told there.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from campaigns.base.extensions import db
from campaigns.base.sorting import persian_key
from campaigns.base.suppression import LEAST, Count, Told, suppress_table
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
    return county_table(db.session.execute(grants_query(campaign_id)), language)


def grants_query(campaign_id: Any) -> Select[*tuple[Any, ...]]:
    """(kind, county, how many) of one campaign, for `county_table` alone: not to be published as it is."""
    return (
        select(Delivery.kind_code, Delivery.county_id, func.sum(Delivery.quantity))
        .where(counted(), Delivery.quantity > 0, Delivery.campaign_id == campaign_id)
        .group_by(Delivery.kind_code, Delivery.county_id)
    )


def in_province(code: str, language: str) -> Grants:
    """By kind and county of one province: the sums of what the campaigns' own tables tell."""
    places = db.session.scalars(select(County).where(County.province_code == code)).all()
    here = {place.id for place in places}
    counts = {key: number for key, number in _told_by_campaigns().items() if key[1] in here}
    named = {county for _kind, county in counts}
    return _table(counts, [(place.id, place) for place in places if place.id in named], language, least=1)


def by_province(language: str) -> Grants:
    """By kind and province: the sums of what the campaigns' own tables tell."""
    told = _told_by_campaigns()
    where = dict(
        db.session.execute(
            select(County.id, County.province_code).where(County.id.in_({county for _kind, county in told}))
        ).all()
    )
    counts: Counter[tuple[str, Any]] = Counter()
    for (kind, county), number in told.items():
        counts[kind, where[county]] += number
    places = db.session.scalars(select(Province).where(Province.code.in_(set(where.values()))))
    return _table(dict(counts), [(place.code, place) for place in places], language, least=1)


def _told_by_campaigns() -> dict[tuple[str, Any], int]:
    """By kind and county. Nothing is in it that could not be added up from the tables of campaigns, so whoever
    compares these sums with those tables learns nothing.
    """
    sums: Counter[tuple[str, Any]] = Counter()
    for told in _by_campaign().values():
        sums.update({key: cell for key, cell in told.cells.items() if isinstance(cell, int) and cell})
    return dict(sums)


def untold() -> frozenset[int]:
    """Campaigns of which not even the sum is told: what their things cost would tell it."""
    return frozenset(key for key, told in _by_campaign().items() if not isinstance(told.total, int))


def _by_campaign() -> dict[int, Told[str, Any]]:
    query = (
        select(Delivery.campaign_id, Delivery.kind_code, Delivery.county_id, func.sum(Delivery.quantity))
        .where(counted(), Delivery.quantity > 0)
        .group_by(Delivery.campaign_id, Delivery.kind_code, Delivery.county_id)
    )
    campaigns: dict[int, dict[tuple[str, Any], int]] = {}
    for campaign_id, kind, county, number in db.session.execute(query):
        campaigns.setdefault(campaign_id, {})[kind, county] = int(number)
    return {
        key: suppress_table(
            counts, sorted({kind for kind, _ in counts}), sorted({place for _, place in counts})
        )
        for key, counts in campaigns.items()
    }


def county_table(found: Iterable[Sequence[Any]], language: str) -> Grants:
    """What may be published of what `grants_query` found."""
    counts = {(row[0], row[1]): int(row[2]) for row in found}
    ids = {place for _kind, place in counts}
    places = db.session.scalars(select(County).where(County.id.in_(ids))) if ids else ()
    return _table(counts, [(place.id, place) for place in places], language)


def _table(
    counts: dict[tuple[str, Any], int], places: Sequence[tuple[Any, Any]], language: str, least: int = LEAST
) -> Grants:
    """`least`: from which number on a count is told; 1 where only told ones were summed up."""
    codes = {kind for kind, _place in counts}
    rows = select(GrantKind).where(GrantKind.code.in_(codes)).order_by(GrantKind.position, GrantKind.code)
    found = db.session.scalars(rows).all() if codes else ()
    kinds = [Place(kind.code, kind.name_en if language == "en" else kind.name_fa) for kind in found]
    ordered = sorted(places, key=lambda pair: persian_key(pair[1].name_fa))
    there = [Place(key, (language == "en" and place.name_en) or place.name_fa) for key, place in ordered]
    told = suppress_table(counts, [kind.key for kind in kinds], [place.key for place in there], least)
    return Grants(kinds, there, told)
