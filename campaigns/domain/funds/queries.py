"""Reads of what campaigns hold and spend."""

from dataclasses import dataclass

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import Scope
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import in_scope
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.funds.models import Spending, State
from campaigns.domain.ledger.queries import flows

OPEN = (State.PROPOSED.value, State.APPROVED.value)


@dataclass(frozen=True)
class Bucket:
    """What a campaign received under one intent and what of it was spent, in rials, by the whole book."""

    intent: Intent
    received_rials: int
    spent_rials: int

    @property
    def left_rials(self) -> int:
        return self.received_rials - self.spent_rials


def buckets(campaign_id: int) -> list[Bucket]:
    """Every intent this campaign has an account for, in the order of the intents."""
    found = {flow.code.rpartition(":")[2]: flow for flow in flows(campaign_id)}
    return [
        Bucket(intent, found[intent].received_rials, found[intent].spent_rials)
        for intent in Intent
        if intent in found
    ]


def by_public_id(public_id: str) -> Spending | None:
    return db.session.scalar(select(Spending).where(Spending.public_id == public_id))


def spendings_of(campaign_id: int) -> list[Spending]:
    """Everything proposed for a campaign, newest first."""
    query = select(Spending).where(Spending.campaign_id == campaign_id)
    return list(db.session.scalars(query.order_by(Spending.id.desc())))


def open_spendings(scope: Scope, user_id: int) -> list[Spending]:
    """What waits for a second person or for the bank, oldest first, within reach."""
    reached = in_scope(select(Campaign.id), scope, user_id)
    query = select(Spending).where(Spending.state.in_(OPEN), Spending.campaign_id.in_(reached))
    return list(db.session.scalars(query.order_by(Spending.proposed_at, Spending.id)))
