"""Whether a terminal opens sessions: one that does not is taken out of the form for a while. Does not commit.

A wrong configuration takes it out at once, for an operator must act; no believable answer does after three in
a row, for longer each time. Then it is offered again: the next donor finds out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.columns import BigKey, Moment
from campaigns.base.conflicts import insert
from campaigns.base.extensions import Model, db
from campaigns.domain.payments.errors import ConfigError, GatewayError, Unavailable, UnexpectedResponse
from campaigns.domain.payments.terminals import STAMP

IN_A_ROW = 3
CONFIG_PAUSE = timedelta(minutes=15)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=2), timedelta(minutes=30)
HEARD_EVERY = timedelta(minutes=1)
"""How often a success is written down at most, by one process: giving does not write more for it."""
COUNTED = (ConfigError, Unavailable, UnexpectedResponse)
"""Errors that speak of the terminal or its gateway; others speak of one payment."""


class GatewayHealth(Model):
    """What was last heard of a terminal: `account_id` 0 is the one of the environment's settings."""

    __tablename__ = "gateway_health"
    gateway: Mapped[str] = mapped_column(String(20), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    failures: Mapped[int] = mapped_column(default=0)  # in a row
    out_since: Mapped[datetime | None] = mapped_column(Moment())
    out_until: Mapped[datetime | None] = mapped_column(Moment())
    failed_at: Mapped[datetime | None] = mapped_column(Moment())
    error: Mapped[str] = mapped_column(String(200), default="")
    error_kind: Mapped[str] = mapped_column(String(20), default="")
    error_code: Mapped[str] = mapped_column(String(20), default="")
    worked_at: Mapped[datetime | None] = mapped_column(Moment())


@dataclass(frozen=True)
class Pulse:
    """What was last heard of a terminal, as a plain copy. Nothing yet: it is well."""

    failures: int = 0
    out_since: datetime | None = None
    out_until: datetime | None = None
    failed_at: datetime | None = None
    error: str = ""
    error_kind: str = ""
    error_code: str = ""
    worked_at: datetime | None = None

    def is_out(self) -> bool:
        return self.out_until is not None and now() < self.out_until


FACTS = tuple(Pulse.__dataclass_fields__)


def pulses() -> dict[tuple[str, int], Pulse]:
    """What was last heard, by gateway and account."""
    rows = db.session.scalars(select(GatewayHealth))
    return {(row.gateway, row.account_id): Pulse(*(getattr(row, name) for name in FACTS)) for row in rows}


def failed(gateway: str, account_id: int, error: GatewayError) -> None:
    """A session could not be opened. Errors that speak of one payment only are not counted."""
    if not isinstance(error, COUNTED):
        return
    moment = now()
    facts = {
        "failed_at": moment,
        "error": str(error)[:200],
        "error_kind": type(error).__name__,
        "error_code": (error.code or "")[:20],
    }
    new = insert(GatewayHealth).values(gateway=gateway, account_id=account_id, failures=1, **facts)
    more = new.on_conflict_do_update(
        index_elements=["gateway", "account_id"], set_=facts | {"failures": GatewayHealth.failures + 1}
    )
    failures = db.session.execute(more.returning(GatewayHealth.failures)).scalar_one()
    pause = pause_for(error, failures)
    if pause is not None:
        since = func.coalesce(GatewayHealth.out_since, moment)
        _change(gateway, account_id, out_since=since, out_until=moment + pause)
    stamps.bump(STAMP)


def pause_for(error: GatewayError, failures: int) -> timedelta | None:
    """How long a terminal is out after so many failures in a row; None: it stays in."""
    if isinstance(error, ConfigError):
        return CONFIG_PAUSE
    if failures < IN_A_ROW:
        return None
    doubled: timedelta = FIRST_PAUSE * 2 ** min(failures - IN_A_ROW, 10)
    return min(doubled, LONGEST_PAUSE)


def worked(gateway: str, account_id: int) -> None:
    """A session was opened: the terminal is well."""
    fresh = {"failures": 0, "out_since": None, "out_until": None, "worked_at": now()}
    new = insert(GatewayHealth).values(gateway=gateway, account_id=account_id, **fresh)
    db.session.execute(new.on_conflict_do_update(index_elements=["gateway", "account_id"], set_=fresh))
    stamps.bump(STAMP)


def offer_again(gateway: str, account_id: int) -> None:
    """An operator has looked: it is offered again at once, and the next failure counts as the first."""
    _change(gateway, account_id, failures=0, out_since=None, out_until=None)
    stamps.bump(STAMP)


def _change(gateway: str, account_id: int, **values: Any) -> None:
    db.session.execute(
        update(GatewayHealth)
        .where(GatewayHealth.gateway == gateway, GatewayHealth.account_id == account_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
