"""Reads of gateways' reports."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from campaigns.base.extensions import db
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.reports.models import Bucket, GatewayReport, ReportLine

MOST = 500


def newest(terminals: Collection[str], limit: int = 60) -> list[GatewayReport]:
    """The last look at each day of these terminals, the newest day first."""
    last = (
        select(func.max(GatewayReport.id))
        .where(GatewayReport.terminal.in_(terminals))
        .group_by(GatewayReport.terminal, GatewayReport.day)
    )
    query = select(GatewayReport).where(GatewayReport.id.in_(last))
    order = GatewayReport.day.desc(), GatewayReport.terminal
    return list(db.session.scalars(query.order_by(*order).limit(limit)))


def by_public_id(public_id: str) -> GatewayReport | None:
    return db.session.scalar(select(GatewayReport).where(GatewayReport.public_id == public_id))


def counts(report: GatewayReport) -> dict[str, int]:
    """How many lines each bucket has; every bucket is named."""
    query = select(ReportLine.bucket, func.count()).where(ReportLine.report_id == report.id)
    found = {bucket: int(number) for bucket, number in db.session.execute(query.group_by(ReportLine.bucket))}
    return {bucket.value: found.get(bucket.value, 0) for bucket in Bucket}


def lines(report: GatewayReport, bucket: str) -> list[ReportLine]:
    """The lines of one bucket, five hundred at most, each with its payment and gift."""
    query = select(ReportLine).where(ReportLine.report_id == report.id, ReportLine.bucket == bucket)
    whole = joinedload(ReportLine.attempt).joinedload(PaymentAttempt.contribution)
    return list(db.session.scalars(query.options(whole).order_by(ReportLine.id).limit(MOST)))
