"""Reads of claims."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.claims.models import BankAccount, ClaimReceipt, ClaimStep, TransferClaim
from campaigns.domain.claims.states import OPEN, State
from campaigns.domain.contributions.models import Contribution

LATE_FOR = timedelta(days=30)
"""So long money may still come for a claim that is over; its amount is given to others only when none else is left."""


class OpenClaim(NamedTuple):
    """A claim as whoever reads a statement needs it.

    `paid_at` is what the donor says, if anything. `alone`: no other open claim of this account was asked for the
    same amount. `is_late`: it is over, expired or refused, not longer than 30 days ago; its money still counts.
    """

    id: int
    public_id: str
    expected_rials: int
    base_rials: int
    alone: bool
    tracking: str | None
    last4: str | None
    declared_at: datetime
    submitted_at: datetime | None
    paid_at: datetime | None
    deadline: datetime
    state: str
    is_late: bool


def open_claims(bank_account_id: int) -> list[OpenClaim]:
    """Claims of an account whose money may still come, in the order they were declared."""
    over = (State.EXPIRED.value, State.REFUSED.value)
    lately = and_(TransferClaim.state.in_(over), TransferClaim.ended_at > now() - LATE_FOR)
    query = select(TransferClaim).where(
        TransferClaim.bank_account_id == bank_account_id, or_(TransferClaim.state.in_(OPEN), lately)
    )
    return [_open(row) for row in db.session.scalars(query.order_by(TransferClaim.id))]


def bank_account(public_id: str) -> BankAccount | None:
    return db.session.scalar(select(BankAccount).where(BankAccount.public_id == public_id))


def bank_accounts() -> list[BankAccount]:
    """Every account, the house's own first, then by organization."""
    order = BankAccount.organization_id.is_not(None), BankAccount.organization_id, BankAccount.id
    return list(db.session.scalars(select(BankAccount).order_by(*order)))


def claim(public_id: str) -> TransferClaim | None:
    """A claim with its account, gift and campaign, as it is now."""
    whole = joinedload(TransferClaim.contribution).joinedload(Contribution.campaign)
    query = select(TransferClaim).where(TransferClaim.public_id == public_id)
    return db.session.scalar(query.options(whole, joinedload(TransferClaim.bank_account)))


def claim_of(contribution_id: int) -> TransferClaim | None:
    """The claim of a gift that does not come through a gateway."""
    return db.session.scalar(select(TransferClaim).where(TransferClaim.contribution_id == contribution_id))


def steps(claim: TransferClaim) -> list[ClaimStep]:
    """Everything that happened to a claim, in order."""
    query = select(ClaimStep).where(ClaimStep.claim_id == claim.id).order_by(ClaimStep.id)
    return list(db.session.scalars(query.options(joinedload(ClaimStep.actor))))


def receipts(claim: TransferClaim) -> list[ClaimReceipt]:
    """What the donor showed, in order."""
    query = select(ClaimReceipt).where(ClaimReceipt.claim_id == claim.id).order_by(ClaimReceipt.id)
    return list(db.session.scalars(query))


def _open(row: TransferClaim) -> OpenClaim:
    return OpenClaim(
        row.id,
        row.public_id,
        row.expected_rials,
        row.base_rials,
        row.holds_amount,
        row.tracking,
        row.payer_last4,
        row.declared_at,
        row.submitted_at,
        row.donor_paid_at,
        row.deadline,
        row.state,
        row.state not in OPEN,
    )
