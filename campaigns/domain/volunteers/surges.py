"""A crisis: one call, one short form, everybody once. None of these commit."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.conflicts import insert
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import campaign_province
from campaigns.domain.volunteers.errors import Refused
from campaigns.domain.volunteers.profile_models import Volunteer
from campaigns.domain.volunteers.profiles import STAMP, first_with
from campaigns.domain.volunteers.queries import PAGE, Reach
from campaigns.domain.volunteers.surge_models import Surge, SurgeSignup


def open_call(surge: Surge, by: User) -> Surge:
    """Raises `Refused("taken")`: its address is used already."""
    surge.opened_by_id = by.id
    try:
        with db.session.begin_nested():
            db.session.add(surge)
    except IntegrityError:
        raise Refused("taken") from None
    stamps.bump(STAMP)
    return surge


def close_call(surge: Surge) -> None:
    surge.closed_at = surge.closed_at or now()
    stamps.bump(STAMP)


def answer(surge: Surge, mobile: str, name: str, province_code: str, offer: str, language: str) -> None:
    """Somebody comes. The number they had before is the same person; twice is once, with the last words.

    Nothing comes back: whoever asks learns nothing about the number.
    """
    known = first_with(mobile, name=name, province_code=province_code, language=language)
    if known is None:
        known = db.session.scalars(select(Volunteer.id).where(Volunteer.mobile == mobile)).one()
    said = {"name": name, "province_code": province_code, "offer": offer}
    row = {"surge_id": surge.id, "volunteer_id": known, "made_at": now(), **said}
    statement = insert(SurgeSignup).values(row)
    db.session.execute(
        statement.on_conflict_do_update(index_elements=["surge_id", "volunteer_id"], set_=said)
    )


def by_slug(slug: str) -> Surge | None:
    return db.session.scalar(select(Surge).where(Surge.slug == slug))


def open_now() -> list[Surge]:
    """Calls that people may still answer, the newest first."""
    return list(db.session.scalars(select(Surge).where(Surge.closed_at.is_(None)).order_by(Surge.id.desc())))


def calls(reach: Reach) -> list[tuple[Surge, int]]:
    """The calls a coordinator sees, the newest first, and how many answered each."""
    answers = select(func.count(SurgeSignup.id)).where(SurgeSignup.surge_id == Surge.id).scalar_subquery()
    query = select(Surge, answers).options(joinedload(Surge.province), joinedload(Surge.campaign))
    return [
        (surge, number)
        for surge, number in db.session.execute(query.where(*_seen(reach)).order_by(Surge.id.desc()))
    ]


def one(reach: Reach, public_id: str) -> Surge | None:
    return db.session.scalar(select(Surge).where(Surge.public_id == public_id, *_seen(reach)))


def answers_of(surge: Surge, reach: Reach, page: int) -> tuple[Sequence[SurgeSignup], int]:
    """One page of those who answered from the coordinator's provinces, the newest first, and how many there are."""
    where = [SurgeSignup.surge_id == surge.id]
    if reach is not None:
        where.append(SurgeSignup.province_code.in_(reach))
    total = db.session.scalar(select(func.count(SurgeSignup.id)).where(*where)) or 0
    query = select(SurgeSignup).where(*where).options(joinedload(SurgeSignup.volunteer))
    query = query.order_by(SurgeSignup.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    return db.session.scalars(query).all(), total


def _seen(reach: Reach) -> list[ColumnElement[bool]]:
    """Calls of the coordinator's provinces, and of campaigns that serve one of them."""
    if reach is None:
        return []
    served = select(campaign_province.c.campaign_id).where(campaign_province.c.province_code.in_(reach))
    return [or_(Surge.province_code.in_(reach), Surge.campaign_id.in_(served))]
