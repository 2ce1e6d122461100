"""Lays a gateway's report of one day beside our payments and the book.

What the gateway has money for and we do not goes through `settle`, as if the donor had come back: the gateway is asked,
and only its answer is booked. Everything that does not match asks a person to look, once. Days are Tehran's; a payment
that one side has a day earlier or later is no difference.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import structlog
from sqlalchemy import insert, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.payments import receipts
from campaigns.domain.payments.contract import Gateway, ReportRow
from campaigns.domain.payments.errors import GatewayError
from campaigns.domain.payments.events import open_item
from campaigns.domain.payments.settlement import settle
from campaigns.domain.reports import ours as local
from campaigns.domain.reports.buckets import Ours, bucket_of
from campaigns.domain.reports.models import Bucket, GatewayReport, ReportLine

A_DAY = timedelta(days=1)
WAITS, LOOKS_BACK = 2, 5
"""Days until a day is looked at (its neighbours are over by then), and days after which it is given up."""
KINDS = {
    Bucket.MISSING_REMOTE: "report_missing",
    Bucket.AMOUNT_DIFF: "report_amount",
    Bucket.STATUS_DIFF: "report_status",
    Bucket.DUPLICATE: "report_twice",
}
"""The kinds of review items. Money of a payment we do not know is `unknown_money`, wherever we hear of it first."""

log = structlog.get_logger("payments")


@dataclass(frozen=True)
class Line:
    """What a payment of the day was found to be."""

    bucket: Bucket
    row: ReportRow | None
    ours: Ours | None

    @property
    def name(self) -> str:
        known = self.row.name if self.row else ""
        return known or (self.ours.gateway_ref or self.ours.public_id if self.ours else "")


def look_at_days(gateways: Mapping[str, Gateway]) -> int:
    """The daily look at every gateway that offers a report: the days nobody has looked at. Returns how many. Commits
    after each. One that does not answer keeps nobody waiting; it is asked again the next time.
    """
    looked = 0
    for terminal, gateway in gateways.items():
        days = _unseen_days(terminal) if gateway.capabilities().report else []
        if not days:
            continue
        try:
            rows = gateway.report(days[0] - A_DAY, days[-1] + A_DAY)  # asked once for all of them
        except GatewayError as error:
            log.error("report_failed", terminal=terminal, error=type(error).__name__)
            continue
        for day in days:
            near = [row for row in rows if row.at is None or abs(tehran_day(row.at) - day) <= A_DAY]
            compare(terminal, gateway, day, near, "protocol")
            looked += 1
    return looked


def compare(
    terminal: str,
    gateway: Gateway,
    day: date,
    rows: Sequence[ReportRow],
    source: str,
    brought_by_id: int | None = None,
) -> GatewayReport:
    """Looks at one day. `rows` are those of the day, and of its neighbours where there are any. Commits."""
    _ask_again(terminal, gateway, [row for row in rows if _is_of(row, day) and row.has_money])
    index = local.Index(local.by_names(terminal, gateway.environment, rows))
    lines = [*_listed(rows, day, index), *_unlisted(terminal, gateway, rows, day, index)]
    report = GatewayReport(
        terminal=terminal,
        day=day,
        source=source,
        lines=len(lines),
        different=sum(line.bucket is not Bucket.MATCHED for line in lines),
        brought_by_id=brought_by_id,
    )
    db.session.add(report)
    db.session.flush()
    if lines:
        db.session.execute(insert(ReportLine), [_stored(report.id, line) for line in lines])
    for line in lines:
        _ask_a_person(terminal, gateway, day, line)
    db.session.commit()
    return report


def _ask_again(terminal: str, gateway: Gateway, paid: Sequence[ReportRow]) -> None:
    """Money that we do not have yet: the gateway is asked about it by the one way money is ever booked."""
    index = local.Index(local.by_names(terminal, gateway.environment, paid))
    for row in paid:
        found = index.of(row)
        if found is None and row.gateway_ref is None and row.numeric_ref is None:
            wanted = local.perhaps(terminal, gateway.environment, row)
        else:
            wanted = [found.attempt_id] if found is not None and not found.captured else []
        for attempt_id in wanted:
            if row.receipt_ref and gateway.capabilities().receipt_by_callback:
                receipts.hear(attempt_id, row.receipt_ref)
            db.session.commit()
            settle(attempt_id, gateway, "report", {"report": row.name})
    db.session.commit()


def _listed(rows: Sequence[ReportRow], day: date, index: local.Index) -> Iterable[Line]:
    """The lines of the report itself. The same payment a second time is a duplicate, on whichever day it stands."""
    seen: set[object] = set()
    for row in sorted(rows, key=lambda row: (row.at is None, row.at)):
        ours = index.of(row)
        name = ours.attempt_id if ours else row.name
        bucket = bucket_of(row, ours, seen_before=name in seen)
        if row.has_money:
            seen.add(name)
        if bucket is not None and _is_of(row, day):
            yield Line(bucket, row, ours)


def _unlisted(
    terminal: str, gateway: Gateway, rows: Sequence[ReportRow], day: date, index: local.Index
) -> Iterable[Line]:
    """Payments of ours on this day that no row of it or of its neighbours names."""
    named = {found.attempt_id for found in map(index.of, rows) if found is not None}
    for ours in local.taken_on(terminal, gateway.environment, day):
        if ours.attempt_id not in named:
            yield Line(Bucket.MISSING_REMOTE, None, ours)


def _is_of(row: ReportRow, day: date) -> bool:
    return row.at is None or tehran_day(row.at) == day


def _unseen_days(terminal: str) -> list[date]:
    """Days that are over and that nobody has looked at, the oldest first. Ends the transaction."""
    today = tehran_day(now())
    wanted = [today - timedelta(days=back) for back in range(LOOKS_BACK, WAITS - 1, -1)]
    seen = select(GatewayReport.day).where(GatewayReport.terminal == terminal, GatewayReport.day.in_(wanted))
    known = set(db.session.scalars(seen))
    db.session.commit()
    return [day for day in wanted if day not in known]


def _stored(report_id: int, line: Line) -> dict[str, Any]:
    row, ours = line.row, line.ours
    return {
        "report_id": report_id,
        "bucket": line.bucket.value,
        "name": line.name[:80],
        "attempt_id": ours.attempt_id if ours else None,
        "remote_rials": row.rials if row else None,
        "local_rials": (ours.captured or ours.asked) if ours else None,
        "booked_rials": ours.booked if ours else None,
        "said": row.outcome.value if row else "",
        "state": ours.state if ours else "",
    }


def _ask_a_person(terminal: str, gateway: Gateway, day: date, line: Line) -> None:
    if line.bucket is Bucket.MATCHED:
        return
    facts: dict[str, Any] = {"gateway": gateway.name, "terminal": terminal, "day": day.isoformat()}
    facts |= {"gateway_ref": line.name[:80], "rials": line.row.rials if line.row else 0}
    if line.bucket is Bucket.MISSING_LOCAL:
        open_item("unknown_money", f"{gateway.name}:{gateway.environment}:{line.name}"[:100], facts)
        return
    ours = line.ours
    name = ours.public_id if ours else line.name
    open_item(KINDS[line.bucket], f"{terminal}:{name}"[:100], facts, ours.attempt_id if ours else None)
