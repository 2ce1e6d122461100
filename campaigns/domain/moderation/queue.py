"""Reads of the queue: one table, a fixed number of statements, however much waits."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, select
from sqlalchemy.orm import joinedload

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import day_start, tehran_day
from campaigns.base.search import query_terms
from campaigns.domain.accounts.access import Scope
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import campaign_province
from campaigns.domain.moderation.queue_models import QueueEntry

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; empty values narrow nothing. `mine`: what they hold. `author`: words of a name."""

    kind: str = ""
    province: str = ""
    service: str = ""
    author: str = ""
    mine: bool = False
    overdue: bool = False


@dataclass(frozen=True)
class Tally:
    """How much waits: in all, over due, due before the day is over in Tehran; by kind."""

    waiting: int = 0
    overdue: int = 0
    today: int = 0
    kinds: dict[str, int] = field(default_factory=dict)


def page_of(scope: Scope, user: User, wanted: Wanted, page: int = 1) -> tuple[Sequence[QueueEntry], int]:
    """One page of what waits within reach, due first, and how many there are in all."""
    conditions = [within(scope), *narrowed(wanted, user)]
    query = (
        select(QueueEntry)
        .where(*conditions)
        .order_by(QueueEntry.due_at, QueueEntry.id)
        .options(joinedload(QueueEntry.author), joinedload(QueueEntry.claimed_by))
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    total = db.session.scalar(select(func.count()).select_from(QueueEntry).where(*conditions))
    return db.session.scalars(query).all(), total or 0


def tally(scope: Scope, province: str = "") -> Tally:
    """Of everything within reach, or within one province of it."""
    moment = now()
    tomorrow = day_start(tehran_day(moment) + timedelta(days=1))
    over = func.sum(case((QueueEntry.due_at <= moment, 1), else_=0))
    soon = func.sum(case((and_(QueueEntry.due_at > moment, QueueEntry.due_at < tomorrow), 1), else_=0))
    query = select(QueueEntry.kind, func.count(), over, soon).where(within(scope)).group_by(QueueEntry.kind)
    if province:
        query = query.where(_in([province]))
    rows = [tuple(row) for row in db.session.execute(query)]
    return Tally(
        waiting=sum(row[1] for row in rows),
        overdue=sum(row[2] for row in rows),
        today=sum(row[3] for row in rows),
        kinds={row[0]: row[1] for row in rows},
    )


def entry_of(kind: str, subject_id: int) -> QueueEntry | None:
    return db.session.scalar(
        select(QueueEntry).where(QueueEntry.kind == kind, QueueEntry.subject_id == subject_id)
    )


def within(scope: Scope) -> ColumnElement[bool]:
    """What is within the reach of a moderator (`access.scope_of`)."""
    if scope.everywhere:
        return QueueEntry.id.is_not(None)
    reach = [QueueEntry.campaign_id.in_(scope.campaign_ids), _in(sorted(scope.province_codes))]
    return or_(*reach)


def narrowed(wanted: Wanted, user: User) -> list[ColumnElement[bool]]:
    """The filters as conditions."""
    found: list[ColumnElement[bool]] = []
    if wanted.kind:
        found.append(QueueEntry.kind == wanted.kind)
    if wanted.province:
        found.append(_in([wanted.province]))
    if wanted.service:
        found.append(QueueEntry.service == wanted.service)
    if wanted.mine:
        found.append(and_(QueueEntry.claimed_by_id == user.id, QueueEntry.claimed_until > now()))
    if wanted.overdue:
        found.append(QueueEntry.due_at <= now())
    return [*found, *_by(wanted.author)]


def is_held(entry: QueueEntry, moment: datetime) -> bool:
    """Whether somebody holds it at this moment."""
    return entry.claimed_until is not None and entry.claimed_until > moment


def _by(name: str) -> list[ColumnElement[bool]]:
    """The author's name holds each of these words."""
    terms = query_terms(name)
    named = [or_(*(User.search_key.contains(form, autoescape=True) for form in forms)) for forms in terms]
    return [exists().where(User.id == QueueEntry.author_id, *named)] if named else []


def _in(codes: Sequence[str]) -> ColumnElement[bool]:
    """Its campaign serves one of these provinces, or it says so itself."""
    if not codes:
        return false()
    serves = exists().where(
        campaign_province.c.campaign_id == QueueEntry.campaign_id,
        campaign_province.c.province_code.in_(codes),
    )
    return or_(serves, *(QueueEntry.places.contains(f" {code} ", autoescape=True) for code in codes))
