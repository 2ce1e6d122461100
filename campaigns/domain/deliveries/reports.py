"""The report with which a campaign ends: written by its organizer, read by a moderator. None of these commit."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.base.personal import personal_number
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.calendar import has_ended
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.deliveries.errors import Refused
from campaigns.domain.deliveries.models import FinalReport
from campaigns.domain.deliveries.states import ReportState

PRESENT = (ReportState.WAITING.value, ReportState.SHOWN.value, ReportState.RETURNED.value)


def present(campaign_id: int) -> FinalReport | None:
    """The report of a campaign, shown or on its way there."""
    return db.session.scalar(
        select(FinalReport).where(FinalReport.campaign_id == campaign_id, FinalReport.state.in_(PRESENT))
    )


def shown(campaign_id: int) -> FinalReport | None:
    """The report that everybody may read."""
    return db.session.scalar(
        select(FinalReport).where(
            FinalReport.campaign_id == campaign_id, FinalReport.state == ReportState.SHOWN.value
        )
    )


def write(
    campaign: Campaign,
    by: User,
    body: str,
    surplus: str,
    language: str = "fa",
    marks: Mapping[str, Any] | None = None,
) -> FinalReport:
    """Written, or mended after a moderator sent it back; it waits for one.

    Raises `Refused`: `early`, the campaign goes on; `written` already; `body` or `surplus` holds the number of a
    person.
    """
    report = present(campaign.id)
    if not is_over(campaign):
        raise Refused("early")
    if report is not None and report.state != ReportState.RETURNED:
        raise Refused("written")
    for field, text in (("body", body), ("surplus", surplus)):
        if personal_number(text):
            raise Refused(field)
    report = report or FinalReport(campaign_id=campaign.id)
    report.author_id, report.language, report.hidden_marks = by.id, language, dict(marks or {}) or None
    report.body, report.surplus, report.state = body, surplus, ReportState.WAITING.value
    report.created_at = now()
    db.session.add(report)
    db.session.flush()
    return report


def is_over(campaign: Campaign) -> bool:
    return bool(
        db.session.scalar(select(exists().where(Campaign.id == campaign.id, has_ended(tehran_day(now())))))
    )


def overdue(campaign_ids: Sequence[int], days: int) -> dict[int, date]:
    """Of these campaigns, those that ended more than `days` ago and have no report that is shown or waits: the
    Tehran day each ended on.
    """
    today = tehran_day(now())
    told = exists().where(
        FinalReport.campaign_id == Campaign.id,
        FinalReport.state.in_((ReportState.WAITING.value, ReportState.SHOWN.value)),
    )
    query = select(Campaign.id, Campaign.ends_on, Campaign.state_changed_at).where(
        Campaign.id.in_(campaign_ids), has_ended(today), ~told
    )
    found = {row.id: _last_day(row.ends_on, row.state_changed_at) for row in db.session.execute(query)}
    return {number: day for number, day in found.items() if day < today - timedelta(days=days)}


def _last_day(ends_on: date | None, moved_at: datetime) -> date:
    """Ended by somebody before its last day, or by the day itself."""
    moved = tehran_day(moved_at)
    return moved if ends_on is None or moved <= ends_on else ends_on
