"""Filling the tables of regions. Safe to call again: what is there stays there. None of these commit."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.base.search import fold
from campaigns.base.text import clean
from campaigns.domain.regions.models import County, Province
from campaigns.domain.regions.provinces import PROVINCES


def seed_provinces() -> int:
    """Writes the 31 provinces and mends their names and tiles. Returns how many were new."""
    kept = {row.code: row for row in db.session.scalars(select(Province))}
    for facts in PROVINCES:
        if facts.code not in kept:
            db.session.add(Province(**facts._asdict()))
            continue
        for field, value in facts._asdict().items():
            setattr(kept[facts.code], field, value)
    db.session.flush()
    return len(PROVINCES) - len(kept)


def seed_counties(names: Mapping[str, Iterable[str]]) -> int:
    """Adds the counties that are missing: Persian names by province code. Returns how many were new.

    A name spelt otherwise (ي for ی, with or without a half-space) is the same county. Raises `KeyError` for a
    province that does not exist.
    """
    codes = {facts.code for facts in PROVINCES}
    kept = {county_key(row.province_code, row.name_fa) for row in db.session.scalars(select(County))}
    added = 0
    for code, counties in names.items():
        if code not in codes:
            raise KeyError(code)
        for name in counties:
            if county_key(code, name) not in kept:
                kept.add(county_key(code, name))
                db.session.add(County(province_code=code, name_fa=clean(name)))
                added += 1
    db.session.flush()
    return added


def county_key(province_code: str, name_fa: str) -> tuple[str, str]:
    """What makes two spellings the same county."""
    return province_code, fold(name_fa).replace(" ", "")
