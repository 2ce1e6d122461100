"""The decisions anyone may read: on what is or was public, with freezes of giving; no person, nothing private."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Integer, String, and_, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from campaigns.base.extensions import db
from campaigns.base.jalali import day_start, jalali_month, tehran_day
from campaigns.base.months import before, month_of
from campaigns.domain.accounts.models import Organization
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.moderation.models import Decision
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.partners.models import Memorandum, PartnerProfile
from campaigns.domain.partners.states import PUBLIC
from campaigns.domain.problems.models import Freeze

PAGE = 50
MOST_MONTHS = 60
GIVING = "giving"
"""The kind of a freeze and a thaw, beside the kinds of things that wait for moderators."""
_Undo = aliased(Decision)


@dataclass(frozen=True)
class Filters:
    """What the log is narrowed to. `month`: as `base.months` counts them. Empty: everything."""

    month: int = 0
    kind: str = ""
    outcome: str = ""

    def __bool__(self) -> bool:
        return bool(self.month or self.kind or self.outcome)


@dataclass(frozen=True)
class Entry:
    """`outcome`: a verdict, or freeze, thaw, condemn. `words`: what was said to everybody, of a freeze alone.

    `about`: the memorandum or the organization where there is no campaign.
    """

    at: datetime
    kind: str
    outcome: str
    reason_code: str
    words: str
    campaign_id: int | None
    about: Memorandum | Organization | None


def entries(filters: Filters, page: int = 1) -> tuple[list[Entry], int]:
    """One page, newest first, and how many there are. Five queries, whatever is shown."""
    rows = _narrowed(filters)
    total = db.session.scalar(select(func.count()).select_from(rows)) or 0
    query = select(rows).order_by(rows.c.at.desc(), rows.c.source, rows.c.id.desc())
    found = db.session.execute(query.limit(PAGE).offset((page - 1) * PAGE)).all()
    abouts = _abouts("memorandum", found) | _abouts("partner", found)
    return [
        Entry(
            row.at,
            row.kind,
            row.outcome,
            row.reason_code,
            row.words,
            row.campaign_id,
            abouts.get((row.kind, row.subject_id)),
        )
        for row in found
    ], total


def months(today: date) -> list[int]:
    """The months in which something may have been decided, this one first."""
    first = db.session.scalar(select(func.min(Decision.decided_at)))
    found, oldest = [month_of(today)], month_of(tehran_day(first)) if first else month_of(today)
    while found[-1] > oldest and len(found) < MOST_MONTHS:
        found.append(before(found[-1]))
    return found


def _narrowed(filters: Filters) -> Any:
    rows = union_all(_decisions(), _freezes()).subquery()
    query = select(rows)
    if filters.kind:
        query = query.where(rows.c.kind == filters.kind)
    if filters.outcome:
        query = query.where(rows.c.outcome == filters.outcome)
    if filters.month:
        first, last = jalali_month(filters.month // 100, filters.month % 100)
        query = query.where(rows.c.at >= day_start(first), rows.c.at < day_start(last + timedelta(days=1)))
    return query.subquery()


def _decisions() -> Any:
    """Taken back is as if it had not been. What a reporter was asked is between us and them."""
    memorandum = and_(
        Decision.subject_kind == "memorandum", Memorandum.state.in_([state.value for state in PUBLIC])
    )
    profile = and_(Decision.subject_kind == "partner", PartnerProfile.shown_at.is_not(None))
    return (
        select(
            literal("decision").label("source"),
            Decision.id.label("id"),
            Decision.decided_at.label("at"),
            Decision.subject_kind.label("kind"),
            Decision.verdict.label("outcome"),
            Decision.reason_code.label("reason_code"),
            literal("").label("words"),
            Decision.campaign_id.label("campaign_id"),
            Decision.subject_id.label("subject_id"),
        )
        .outerjoin(Campaign, Campaign.id == Decision.campaign_id)
        .outerjoin(
            Memorandum, and_(Decision.subject_kind == "memorandum", Memorandum.id == Decision.subject_id)
        )
        .outerjoin(
            PartnerProfile, and_(Decision.subject_kind == "partner", PartnerProfile.id == Decision.subject_id)
        )
        .where(
            or_(Campaign.approved_at.is_not(None), memorandum, profile),
            Decision.undoes_id.is_(None),
            ~select(_Undo.id).where(_Undo.undoes_id == Decision.id).exists(),
            ~and_(Decision.subject_kind == "problem", Decision.verdict == Verdict.RETURN.value),
        )
    )


def _freezes() -> Any:
    return select(
        literal("freeze").label("source"),
        Freeze.id,
        Freeze.made_at,
        cast(literal(GIVING), String(12)),
        Freeze.act,
        literal(""),
        Freeze.reason,
        Freeze.campaign_id,
        cast(literal(0), Integer),
    )


def _abouts(kind: str, rows: Sequence[Any]) -> dict[tuple[str, int], Memorandum | Organization]:
    ids = {row.subject_id for row in rows if row.kind == kind}
    if kind == "memorandum":
        found = db.session.scalars(select(Memorandum).where(Memorandum.id.in_(ids)))
        return {(kind, row.id): row for row in found}
    houses = select(PartnerProfile.id, Organization).join(
        Organization, Organization.id == PartnerProfile.organization_id
    )
    return {
        (kind, row[0]): row[1] for row in db.session.execute(houses.where(PartnerProfile.id.in_(ids))).all()
    }
