"""Reads of contributions. What the public sees carries no mobile, no hidden name, no hidden amount."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, select, tuple_

from campaigns.base.extensions import db
from campaigns.base.jalali import day_start
from campaigns.domain.campaigns.page import WallRow
from campaigns.domain.contributions.models import Contribution


@dataclass(frozen=True)
class Between:
    """What a list of gifts is narrowed to: Tehran days, both inclusive, and one intent. Empty: everything."""

    first: date | None = None
    last: date | None = None
    intent: str = ""


def wall(campaign_id: int, limit: int, provinces: Collection[int] = ()) -> list[WallRow]:
    """The newest received gifts, without those given back, as their donors want to be seen: one query on an index.
    `provinces`: campaigns of provinces whose gifts stand on the same wall.
    """
    here = Contribution.campaign_id.in_([campaign_id, *provinces])
    return [as_seen(*row) for row in db.session.execute(wall_query(here, limit))]


def wall_query(here: ColumnElement[bool], limit: int) -> Select[*tuple[Any, ...]]:
    """The newest gifts of these campaigns; each row is for `as_seen`."""
    query = select(
        Contribution.received_at,
        Contribution.donor_name,
        Contribution.hide_name,
        Contribution.rials,
        Contribution.hide_amount,
        Contribution.message,
        Contribution.message_state,
    ).where(here, Contribution.received_at.is_not(None), Contribution.refunded_at.is_(None))
    return query.order_by(Contribution.received_at.desc()).limit(limit)


def as_seen(
    received_at: datetime,
    name: str,
    hides_name: bool,
    rials: int,
    hides_amount: bool,
    message: str,
    message_state: str,
) -> WallRow:
    """A gift as its donor wants it to be seen."""
    return WallRow(
        name="" if hides_name else name,
        rials=None if hides_amount else rials,
        message=message if message_state == "shown" else "",
        received_at=received_at,
    )


def by_code(code: str) -> Contribution | None:
    """The contribution of a tracking code, as `base.codes.parse_code` gives it."""
    return db.session.scalar(select(Contribution).where(Contribution.code == code))


def received_gifts(
    campaign_id: int, narrowed: Between, limit: int | None = 50, after: Contribution | None = None
) -> Select[Contribution]:
    """A query for the received gifts of a campaign, newest first; `after`: the last row of the page before."""
    query = select(Contribution).where(
        Contribution.campaign_id == campaign_id, Contribution.received_at.is_not(None)
    )
    if narrowed.first:
        query = query.where(Contribution.received_at >= day_start(narrowed.first))
    if narrowed.last:
        query = query.where(Contribution.received_at < day_start(narrowed.last + timedelta(days=1)))
    if narrowed.intent:
        query = query.where(Contribution.intent == narrowed.intent)
    if after is not None:
        place = tuple_(Contribution.received_at, Contribution.id)
        query = query.where(place < tuple_(after.received_at, after.id))
    query = query.order_by(Contribution.received_at.desc(), Contribution.id.desc())
    return query if limit is None else query.limit(limit)


def by_public_id(campaign_id: int, public_id: str) -> Contribution | None:
    """One contribution of a campaign, for people of the house."""
    return db.session.scalar(
        select(Contribution).where(
            Contribution.campaign_id == campaign_id, Contribution.public_id == public_id
        )
    )
