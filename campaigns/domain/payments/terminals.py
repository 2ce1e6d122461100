"""Terminals of organizations at gateways: whose they are, what opens them, sealed. Does not commit.

A row never changes but to be retired: payments begun with it are asked about with it, whatever came after.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.columns import At, Key, Moment, where
from campaigns.base.extensions import Model, db
from campaigns.base.sealing import SealBroken, reseal, seal, unseal
from campaigns.domain.accounts.models import Organization, User

log = structlog.get_logger("gateways")
PURPOSE = "gateway account"
STAMP = "gateways"
"""Moves whenever an account or what is offered changes: processes keep what they read until then."""


def key(gateway: str, account_id: int | None) -> str:
    """The name of a terminal: its gateway, and which account where it is not that of the settings."""
    return f"{gateway}:{account_id}" if account_id else gateway


class GatewayAccount(Model):
    """One terminal. No organization: the house's own, before the settings of the environment."""

    __tablename__ = "gateway_account"
    __table_args__ = (
        Index(
            "ix_gateway_account_present",
            "organization_id",
            "gateway",
            "environment",
            unique=True,
            **where("retired_at IS NULL AND organization_id IS NOT NULL"),
        ),
        Index(
            "ix_gateway_account_house",
            "gateway",
            "environment",
            unique=True,
            **where("retired_at IS NULL AND organization_id IS NULL"),
        ),
    )
    id: Mapped[Key]
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    gateway: Mapped[str] = mapped_column(String(20))
    environment: Mapped[str] = mapped_column(String(8))
    sealed: Mapped[str] = mapped_column(Text)
    created_at: Mapped[At] = mapped_column(default=now)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    retired_at: Mapped[datetime | None] = mapped_column(Moment())
    retired_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    organization: Mapped[Organization | None] = relationship()
    created_by: Mapped[User] = relationship(foreign_keys=[created_by_id])


@dataclass(frozen=True)
class Terminal:
    """An account as the registry of gateways uses it. `values` is None where no key of ours opens it."""

    id: int
    organization_id: int | None
    gateway: str
    environment: str
    present: bool
    values: Mapping[str, str] | None


def sealed_row(
    purpose: str, organization_id: int | None, gateway: str, environment: str, values: Mapping[str, str]
) -> dict[str, Any]:
    """Columns of a terminal. Whose it is is sealed with it, so that a row moved elsewhere opens nothing."""
    sealed = seal(purpose, [organization_id, gateway, environment, dict(values)])
    return {
        "organization_id": organization_id,
        "gateway": gateway,
        "environment": environment,
        "sealed": sealed,
    }


def put(
    organization_id: int | None, gateway: str, environment: str, values: Mapping[str, str], actor_id: int
) -> GatewayAccount:
    """From now on new payments go through this terminal; the one before is retired."""
    retire(organization_id, gateway, environment, actor_id)
    row = sealed_row(PURPOSE, organization_id, gateway, environment, values)
    account = GatewayAccount(**row, created_by_id=actor_id)
    db.session.add(account)
    db.session.flush()
    return account


def retire(organization_id: int | None, gateway: str, environment: str, actor_id: int) -> bool:
    """New payments no longer use this terminal. False: there was none."""
    stamps.bump(STAMP)
    done = db.session.execute(
        update(GatewayAccount)
        .where(*_of(organization_id, gateway, environment))
        .values(retired_at=now(), retired_by_id=actor_id)
        .execution_options(synchronize_session=False)
    )
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def present(organization_id: int | None, gateway: str, environment: str) -> GatewayAccount | None:
    """The account that new payments of this organization use, if it has one of its own."""
    return db.session.scalar(select(GatewayAccount).where(*_of(organization_id, gateway, environment)))


def everyone() -> list[GatewayAccount]:
    """Every present account, the house's own first, then by organization."""
    query = select(GatewayAccount).where(GatewayAccount.retired_at.is_(None))
    order = GatewayAccount.organization_id.is_not(None), GatewayAccount.organization_id
    return list(db.session.scalars(query.order_by(*order, GatewayAccount.gateway)))


def terminals() -> list[Terminal]:
    """All accounts there ever were, opened."""
    return [_opened(row) for row in db.session.scalars(select(GatewayAccount).order_by(GatewayAccount.id))]


def reseal_all() -> int:
    """Seals anew what only an older key opens, so that older keys can be forgotten. Returns how many."""
    fresh = {row.id: reseal(PURPOSE, row.sealed) for row in db.session.scalars(select(GatewayAccount))}
    changed = {row_id: sealed for row_id, sealed in fresh.items() if sealed is not None}
    for row_id, sealed in changed.items():
        db.session.execute(update(GatewayAccount).where(GatewayAccount.id == row_id).values(sealed=sealed))
    return len(changed)


def _opened(row: GatewayAccount) -> Terminal:
    """What is sealed names whose it is, so that a row cannot be passed off as another's."""
    values = None
    try:
        *whose, sealed = unseal(PURPOSE, row.sealed)
        values = sealed if whose == [row.organization_id, row.gateway, row.environment] else None
    except SealBroken:
        log.error("gateway_account_unreadable", account=row.id, gateway=row.gateway)
    return Terminal(row.id, row.organization_id, row.gateway, row.environment, row.retired_at is None, values)


def _of(organization_id: int | None, gateway: str, environment: str) -> tuple[ColumnElement[bool], ...]:
    return (
        GatewayAccount.organization_id == organization_id,  # IS NULL for the house's own
        GatewayAccount.gateway == gateway,
        GatewayAccount.environment == environment,
        GatewayAccount.retired_at.is_(None),
    )
