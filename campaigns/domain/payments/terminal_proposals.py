"""Terminals that one person has typed: they are used once another person has typed the same. Does not commit.

What was typed is sealed and shown to nobody, so the second person cannot merely nod: both read it from the paper.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, Key, Moment, where
from campaigns.base.extensions import Model, db
from campaigns.base.sealing import SealBroken, unseal
from campaigns.domain.accounts.models import User
from campaigns.domain.payments.terminals import GatewayAccount, put, sealed_row

PURPOSE = "gateway proposal"


class GatewayProposal(Model):
    """`state`: waiting, used, dropped. No organization: the house's own."""

    __tablename__ = "gateway_proposal"
    __table_args__ = (
        CheckConstraint("state <> 'used' OR decided_by_id <> proposed_by_id", name="two_people"),
        Index(
            "ix_gateway_proposal_waiting",
            "organization_id",
            "gateway",
            "environment",
            unique=True,
            **where("state = 'waiting' AND organization_id IS NOT NULL"),
        ),
        Index(
            "ix_gateway_proposal_house",
            "gateway",
            "environment",
            unique=True,
            **where("state = 'waiting' AND organization_id IS NULL"),
        ),
    )
    id: Mapped[Key]
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    gateway: Mapped[str] = mapped_column(String(20))
    environment: Mapped[str] = mapped_column(String(8))
    sealed: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    proposed_at: Mapped[At] = mapped_column(default=now)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment())
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id])


def propose(
    organization_id: int | None, gateway: str, environment: str, values: Mapping[str, str], actor_id: int
) -> GatewayProposal:
    """What one person has typed; what waited before is dropped."""
    drop(organization_id, gateway, environment, actor_id)
    row = sealed_row(PURPOSE, organization_id, gateway, environment, values)
    proposal = GatewayProposal(**row, proposed_by_id=actor_id)
    db.session.add(proposal)
    db.session.flush()
    return proposal


def waiting(organization_id: int | None, gateway: str, environment: str) -> GatewayProposal | None:
    """What waits for the second person, its row held until the transaction ends."""
    query = select(GatewayProposal).where(*_of(organization_id, gateway, environment))
    return db.session.scalar(query.with_for_update(of=GatewayProposal))


def confirm(proposal: GatewayProposal, values: Mapping[str, str], actor_id: int) -> GatewayAccount | None:
    """Another person has typed `values`: where they are the same, new payments go through this terminal from now on.

    None where they differ, or where it was typed by the same person or sealed with a key that is no more.
    """
    whose = [proposal.organization_id, proposal.gateway, proposal.environment]
    if proposal.proposed_by_id == actor_id or _opened(proposal) != [*whose, dict(values)]:
        return None
    proposal.state, proposal.decided_at, proposal.decided_by_id = "used", now(), actor_id
    return put(proposal.organization_id, proposal.gateway, proposal.environment, values, actor_id)


def drop(organization_id: int | None, gateway: str, environment: str, actor_id: int) -> None:
    """Nothing waits any more; what is used stays."""
    proposal = waiting(organization_id, gateway, environment)
    if proposal is not None:
        proposal.state, proposal.decided_at, proposal.decided_by_id = "dropped", now(), actor_id
        db.session.flush()


def _opened(proposal: GatewayProposal) -> object:
    try:
        return unseal(PURPOSE, proposal.sealed)
    except SealBroken:
        return None


def _of(organization_id: int | None, gateway: str, environment: str) -> tuple[ColumnElement[bool], ...]:
    return (
        GatewayProposal.organization_id == organization_id,  # IS NULL for the house's own
        GatewayProposal.gateway == gateway,
        GatewayProposal.environment == environment,
        GatewayProposal.state == "waiting",
    )
