"""Reads of provinces and counties."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.base.sorting import persian_key
from campaigns.domain.regions.models import County, Province


def provinces(language: str = "fa") -> list[Province]:
    """All of them, in the alphabetical order of the language: Persian order where names are Persian."""
    rows = db.session.scalars(select(Province))
    if language == "en":
        return sorted(rows, key=lambda row: row.name_en)
    return sorted(rows, key=lambda row: persian_key(row.name_fa))


def province(code: str) -> Province | None:
    """One province by its code, `IR-nn`."""
    return db.session.get(Province, code)


def counties(province_codes: Collection[str] | None = None) -> list[County]:
    """Counties of these provinces (of all, when none are named), in Persian alphabetical order."""
    query = select(County)
    if province_codes is not None:
        query = query.where(County.province_code.in_(province_codes))
    return sorted(db.session.scalars(query), key=lambda row: persian_key(row.name_fa))


def counties_by_id(ids: Collection[int]) -> Sequence[County]:
    """The counties with these keys; unknown keys are left out."""
    return db.session.scalars(select(County).where(County.id.in_(ids))).all()
