"""Spending: proposed by one person, approved by another, paid by the bank. None of these commit.

Approving takes the money out of the bucket; the bank's payment only settles what is owed to the payee. A bucket
is held while somebody decides on it, so two approvals at once never take the same money.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.contributions.rules import RULES, Purpose
from campaigns.domain.funds.models import Spending, State
from campaigns.domain.funds.refusals import (
    NoLonger,
    RunningPromised,
    SameDocument,
    SamePerson,
    TooLittle,
    WrongPurpose,
)
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post, posted
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.refunds.holding import held_free

STANDS = (State.PROPOSED.value, State.APPROVED.value, State.PAID.value)


@dataclass(frozen=True)
class Plan:
    """What somebody wants to spend. `rials` above zero; `thing` is what it buys, for everybody to read."""

    intent: Intent
    purpose: Purpose
    rials: int
    payee: str
    thing: str
    document: str


def propose(campaign: Campaign, plan: Plan, proposer: User) -> Spending:
    """Writes the proposal. Nothing is taken from the bucket yet; raises `Refused` when it could not be."""
    left = _hold(campaign.id, plan.intent)
    _fits(campaign, plan.intent, plan.purpose, plan.rials, left)
    same = select(Spending.id).where(
        Spending.campaign_id == campaign.id,
        Spending.intent == plan.intent.value,
        Spending.document == plan.document,
        Spending.state.in_(STANDS),
    )
    if db.session.scalar(same) is not None:
        raise SameDocument
    spending = Spending(
        campaign_id=campaign.id,
        intent=plan.intent.value,
        purpose=plan.purpose.value,
        rials=plan.rials,
        payee=plan.payee,
        thing=plan.thing,
        document=plan.document,
        proposed_by_id=proposer.id,
    )
    db.session.add(spending)
    db.session.flush()
    return spending


def approve(spending: Spending, approver: User) -> None:
    """Takes the money out of the bucket: it is the payee's now. Raises `Refused` and changes nothing else."""
    left = _hold(spending.campaign_id, Intent(spending.intent))
    _undecided(spending, approver)
    _fits(spending.campaign, Intent(spending.intent), Purpose(spending.purpose), spending.rials, left)
    _decide(spending, approver, State.APPROVED)
    leg = Leg(_bucket(spending), accounts.PAYABLE, spending.rials)
    _post(spending, "a", Kind.SPENDING, leg, approver)


def refuse(spending: Spending, approver: User, reason: str) -> None:
    """The proposal ends here; its document may be proposed anew."""
    _decide(spending, approver, State.REFUSED, reason=reason)


def pay(spending: Spending, clerk: User, bank_account: str, bank_reference: str) -> None:
    """The bank has paid: `bank_account` is the Sheba it left, `bank_reference` what the bank calls it."""
    known = {"bank_account": bank_account, "bank_reference": bank_reference}
    _move(spending, State.APPROVED, State.PAID, closed_by_id=clerk.id, closed_at=now(), **known)
    leg = Leg(accounts.PAYABLE, accounts.bank(bank_account), spending.rials)
    _post(spending, "b", Kind.PAYOUT, leg, clerk)


def call_off(spending: Spending, clerk: User, reason: str) -> None:
    """What was approved and not paid goes back to its bucket, by the exact mirror of the first entry."""
    more = {"closed_by_id": clerk.id, "closed_at": now(), "reason": reason}
    _move(spending, State.APPROVED, State.CALLED_OFF, **more)
    leg = Leg(accounts.PAYABLE, _bucket(spending), spending.rials)
    _post(spending, "x", Kind.UNSPENT, leg, clerk, posted(f"dis:{spending.public_id}:a"))


def _hold(campaign_id: int, intent: Intent) -> int:
    """What is left in the bucket. Nobody else decides on it before this transaction ends; donors do not wait."""
    return held_free(accounts.campaign(campaign_id, intent.value))


def _fits(campaign: Campaign, intent: Intent, purpose: Purpose, rials: int, left: int) -> None:
    if not RULES[intent].fits(purpose):
        raise WrongPurpose(RULES[intent])
    if purpose is Purpose.RUNNING and campaign.covers_overhead:
        raise RunningPromised
    if rials > left:
        raise TooLittle(max(0, left))


def _undecided(spending: Spending, approver: User) -> None:
    """Said before anything else: what is decided already is not too little, it is decided."""
    db.session.refresh(spending)
    if approver.id == spending.proposed_by_id:
        raise SamePerson
    if spending.state != State.PROPOSED:
        raise NoLonger


def _decide(spending: Spending, approver: User, after: State, **more: Any) -> None:
    _undecided(spending, approver)
    _move(spending, State.PROPOSED, after, decided_by_id=approver.id, decided_at=now(), **more)


def _move(spending: Spending, before: State, after: State, **values: Any) -> None:
    """Once, whoever else tries."""
    statement = (
        update(Spending)
        .where(Spending.id == spending.id, Spending.state == before.value)
        .values(state=after.value, **values)
        .execution_options(synchronize_session=False)
    )
    if db.session.execute(statement).rowcount != 1:  # type: ignore[attr-defined]
        raise NoLonger
    db.session.refresh(spending)


def _bucket(spending: Spending) -> str:
    return accounts.campaign(spending.campaign_id, spending.intent)


def _post(
    spending: Spending, step: str, kind: Kind, leg: Leg, actor: User, reverses_id: int | None = None
) -> None:
    post(
        f"dis:{spending.public_id}:{step}",
        kind,
        [leg],
        occurred_at=now(),
        campaign_id=spending.campaign_id,
        reference=("spending", spending.id),
        reverses_id=reverses_id,
        actor_id=actor.id,
    )
    stamps.bump(stamps.of_campaign(spending.campaign_id))
