"""Reads of the audit log: what one may see of it, narrowed down, newest first."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, or_, select

from campaigns.base.extensions import db
from campaigns.base.jalali import day_start
from campaigns.domain.accounts.access import Scope
from campaigns.domain.accounts.models import User
from campaigns.domain.audit.models import AuditEntry
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import in_scope

PIECE = 1_000
PEOPLE, CONSOLE = "people", "console"


@dataclass(frozen=True)
class Wanted:
    """What of the log; none or empty: all of it. `first` and `last` are Tehran days, both included."""

    actor_ids: tuple[int, ...] | None = None
    by: str = ""  # people, console, or a role of `acting` that is nobody's
    act: str = ""
    kind: str = ""
    name: str = ""
    first: date | None = None
    last: date | None = None


def page(
    scope: Scope, user_id: int, wanted: Wanted, limit: int, before_id: int | None = None
) -> Sequence[AuditEntry]:
    """The newest lines within the scope, or those before one already read."""
    query = _narrowed(_within(scope, user_id), wanted).order_by(AuditEntry.id.desc()).limit(limit)
    if before_id is not None:
        query = query.where(AuditEntry.id < before_id)
    return db.session.scalars(query).all()


def every_line(scope: Scope, user_id: int, wanted: Wanted, most: int) -> Iterator[AuditEntry]:
    """All of them, newest first, at most so many; read in pieces."""
    before_id, left = None, most
    while left > 0:
        rows = page(scope, user_id, wanted, min(PIECE, left), before_id)
        yield from rows
        if len(rows) < min(PIECE, left):
            return
        before_id, left = rows[-1].id, left - len(rows)


def people_in(entries: Collection[AuditEntry]) -> dict[int, User]:
    """Who acted in these lines, by id."""
    ids = {entry.actor_id for entry in entries if entry.actor_id is not None}
    return {user.id: user for user in db.session.scalars(select(User).where(User.id.in_(ids)))}


def reaches(scope: Scope, user_id: int, public_id: str) -> bool:
    """Whether there is such a campaign within the scope."""
    query = in_scope(select(Campaign).where(Campaign.public_id == public_id), scope, user_id)
    return db.session.scalar(query) is not None


def campaign_of(public_id: str) -> int | None:
    return db.session.scalar(select(Campaign.id).where(Campaign.public_id == public_id))


def _within(scope: Scope, user_id: int) -> Select[AuditEntry]:
    query = select(AuditEntry)
    if scope.everywhere:
        return query
    mine = in_scope(select(Campaign.id), scope, user_id)
    here = AuditEntry.province_code.in_(scope.province_codes)
    return query.where(or_(here, AuditEntry.campaign_id.in_(mine)))


def _narrowed(query: Select[AuditEntry], wanted: Wanted) -> Select[AuditEntry]:
    if wanted.actor_ids is not None:
        query = query.where(AuditEntry.actor_id.in_(wanted.actor_ids))
    if wanted.by == PEOPLE:
        query = query.where(AuditEntry.actor_id.is_not(None))
    elif wanted.by:
        role = "" if wanted.by == CONSOLE else wanted.by
        query = query.where(AuditEntry.actor_id.is_(None), AuditEntry.role == role)
    if wanted.act:
        query = query.where(AuditEntry.act == wanted.act)
    if wanted.name:
        query = query.where(_about(wanted))
    elif wanted.kind:
        query = query.where(or_(AuditEntry.object_kind == wanted.kind, AuditEntry.what == wanted.kind))
    if wanted.first:
        query = query.where(AuditEntry.acted_at >= day_start(wanted.first))
    if wanted.last:
        query = query.where(AuditEntry.acted_at < day_start(wanted.last + timedelta(days=1)))
    return query


def _about(wanted: Wanted) -> ColumnElement[bool]:
    """One thing; of a campaign also everything that belongs to it."""
    own = AuditEntry.object_id == wanted.name
    if wanted.kind:
        own = own & (AuditEntry.object_kind == wanted.kind)
    campaign_id = campaign_of(wanted.name) if wanted.kind in ("", "campaign") else None
    return own if campaign_id is None else or_(own, AuditEntry.campaign_id == campaign_id)
