"""Tables of gateways' reports and of what each of their lines was found to be. A later look is a new report."""

from datetime import date
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, Key, PublicId
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.payments.models import PaymentAttempt


class Bucket(StrEnum):
    MATCHED = "matched"  # gateway, payment and book say the same
    MISSING_LOCAL = "missing_local"  # the gateway has money of a payment we do not know
    MISSING_REMOTE = "missing_remote"  # we have a payment that the gateway does not list
    AMOUNT_DIFF = "amount_diff"
    STATUS_DIFF = "status_diff"  # money for one of us, none for the other
    DUPLICATE = "duplicate"  # the gateway lists one payment twice


class GatewayReport(Model):
    """One look at one day of one terminal. `source`: `protocol`, or `file`, brought by somebody."""

    __tablename__ = "gateway_report"
    __table_args__ = (Index("ix_gateway_report_day", "terminal", "day", "id"),)
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    terminal: Mapped[str] = mapped_column(String(40))
    day: Mapped[date]
    source: Mapped[str] = mapped_column(String(10))
    lines: Mapped[int]
    different: Mapped[int]
    brought_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[At] = mapped_column(default=now)

    brought_by: Mapped[User | None] = relationship()


class ReportLine(Model):
    """One payment of the day. `name` is what the gateway calls it; sums in rials, none where one side has no such
    payment. `said` is what the gateway says became of it, `state` what ours was after we had asked once more.
    """

    __tablename__ = "report_line"
    id: Mapped[Key]
    report_id: Mapped[int] = mapped_column(ForeignKey("gateway_report.id"), index=True)
    bucket: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(80))
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("payment_attempt.id"))
    remote_rials: Mapped[int | None] = mapped_column(BigInteger)
    local_rials: Mapped[int | None] = mapped_column(BigInteger)
    booked_rials: Mapped[int | None] = mapped_column(BigInteger)
    said: Mapped[str] = mapped_column(String(20), default="")
    state: Mapped[str] = mapped_column(String(16), default="")

    report: Mapped[GatewayReport] = relationship()
    attempt: Mapped[PaymentAttempt | None] = relationship()


for _table in (GatewayReport, ReportLine):
    append_only(_table.__table__)  # type: ignore[arg-type]
