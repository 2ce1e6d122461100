"""How long decisions take, in working hours, and how much is sent back: by week and class, never by person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import day_start, tehran_day
from campaigns.domain.accounts.access import Scope
from campaigns.domain.campaigns.models import campaign_province
from campaigns.domain.moderation.models import Decision
from campaigns.domain.moderation.service import HOURS, calendar
from campaigns.domain.moderation.verdicts import Verdict

WEEKS = 8
MOST = 20_000
"""Decisions looked at; older ones of a very busy quarter are left out."""
_SATURDAY = 5


@dataclass(frozen=True)
class Row:
    """What was decided of one class in one week. `week`: its Saturday; none: all weeks together."""

    week: date | None
    service: str
    decided: int
    median: timedelta
    ninth: timedelta  # nine of ten were no slower
    returned_percent: int
    late_percent: int


@dataclass(frozen=True)
class _Taken:
    week: date
    service: str
    work: timedelta
    is_no: bool
    reason: str


def rows_of(scope: Scope) -> list[Row]:
    """Each class over all weeks, then each week, newest first."""
    groups: dict[tuple[date | None, str], list[_Taken]] = defaultdict(list)
    for one in _taken(scope):
        groups[None, one.service].append(one)
        groups[one.week, one.service].append(one)
    order = list(HOURS)
    keys = sorted(
        groups, key=lambda key: (key[0] is not None, -(key[0] or date.min).toordinal(), order.index(key[1]))
    )
    return [_row(*key, groups[key]) for key in keys]


def reasons_of(scope: Scope) -> dict[str, int]:
    """How often each reason was given, most often first."""
    counts: dict[str, int] = defaultdict(int)
    for one in _taken(scope):
        if one.is_no:
            counts[one.reason] += 1
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))


def share(ordered: Sequence[timedelta], tenths: int) -> timedelta:
    """The value that so many tenths of an ordered list do not exceed (nearest rank)."""
    return ordered[-(-len(ordered) * tenths // 10) - 1]


def _row(week: date | None, service: str, taken: list[_Taken]) -> Row:
    spans = sorted(one.work for one in taken)
    late = sum(span > timedelta(hours=HOURS[service]) for span in spans)
    returned = sum(one.is_no for one in taken)
    return Row(
        week=week,
        service=service,
        decided=len(taken),
        median=share(spans, 5),
        ninth=share(spans, 9),
        returned_percent=100 * returned // len(taken),
        late_percent=100 * late // len(taken),
    )


def _taken(scope: Scope) -> list[_Taken]:
    """Decisions of the last weeks that stand, within reach."""
    undo = aliased(Decision)
    this_week = _saturday(now())
    first = day_start(this_week - timedelta(weeks=WEEKS - 1))
    query = (
        select(
            Decision.decided_at,
            Decision.waited_since,
            Decision.service,
            Decision.verdict,
            Decision.reason_code,
        )
        .where(Decision.decided_at >= first, Decision.waited_since.is_not(None), Decision.undoes_id.is_(None))
        .where(~select(undo.id).where(undo.undoes_id == Decision.id).exists())
        .order_by(Decision.id.desc())
        .limit(MOST)
    )
    if not scope.everywhere:
        serves = select(campaign_province.c.campaign_id).where(
            campaign_province.c.province_code.in_(scope.province_codes)
        )
        here = or_(Decision.campaign_id.in_(scope.campaign_ids), Decision.campaign_id.in_(serves))
        query = query.where(here)
    working = calendar()
    return [
        _Taken(
            _saturday(row.decided_at),
            row.service,
            working.between(row.waited_since, row.decided_at),
            row.verdict != Verdict.APPROVE,
            row.reason_code,
        )
        for row in db.session.execute(query)
    ]


def _saturday(moment: datetime) -> date:
    """The Saturday with which the Tehran week of this moment began."""
    day = tehran_day(moment)
    return day - timedelta(days=(day.weekday() - _SATURDAY) % 7)
