"""Two people decide about money that does not fit: one proposes, another agrees or refuses. None commit."""

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.payments.states import State
from campaigns.domain.refunds.actions import approve, reserve
from campaigns.domain.refunds.allocation import allocate
from campaigns.domain.refunds.errors import Refused
from campaigns.domain.refunds.models import ReviewStep
from campaigns.domain.refunds.queries import (
    ALLOCATE,
    is_unbooked,
    may_take,
    outcomes,
    standing_proposal,
    waiting_rials,
)
from campaigns.domain.refunds.reasons import OF_ITEMS, Reason
from campaigns.domain.refunds.states import ItemState, walk


def confirm(item: ReviewItem, actor: User, evidence: str) -> None:
    """Somebody has seen unknown money on the bank's statement: from now on it is in the book, unallocated.

    Booked once, whoever confirms again. Raises `Refused`: `evidence` missing, `money` that is in the book
    already or was never said to exist.
    """
    _said(evidence)
    if not is_unbooked(item):
        raise Refused("money")
    clearing = accounts.clearing(item.detail.get("terminal", item.detail["gateway"]))
    post(
        f"unalloc:{item.public_id}",
        Kind.UNALLOCATED,
        [Leg(clearing, accounts.UNALLOCATED, item.detail["rials"])],
        occurred_at=now(),
        reference=("item", item.id),
        actor_id=actor.id,
    )
    _write(item, actor, "confirm", evidence=evidence)


def propose(
    item: ReviewItem,
    actor: User,
    outcome: str,
    evidence: str,
    campaign: Campaign | None = None,
    intent: str = "",
) -> None:
    """The first person says what should become of the money; `campaign` and `intent`: whose it becomes.

    Raises `Refused` (`outcome`, `evidence`, `campaign`, `money`) or `WrongStep`.
    """
    _said(evidence)
    if outcome not in outcomes(item):
        raise Refused("outcome" if waiting_rials(item) else "money")
    if outcome == ALLOCATE:
        if item.attempt is not None:
            intent = item.attempt.contribution.intent
        if campaign is None or not may_take(item, campaign, intent):
            raise Refused("campaign")
    else:
        campaign, intent = None, ""
    walk(item, ItemState.PROPOSED)
    _write(item, actor, "propose", outcome, campaign, intent, evidence)


def agree(item: ReviewItem, actor: User, proposal_id: str, note: str = "") -> None:
    """The second person agrees to the proposal they have read, and it is carried out.

    Raises `Refused` (`own` proposal, `moved`: another proposal stands, `campaign`: it may not take the money
    any more, `money`) or `WrongStep`.
    """
    proposal = _answered(item, actor, proposal_id)
    walk(item, ItemState.DECIDED, closed_at=now())
    _write(item, actor, "agree", proposal.outcome, evidence=note)
    if proposal.outcome == ALLOCATE:
        allocate(item, proposal, actor)
    else:
        _give_back(item, proposal, actor, note)


def _give_back(item: ReviewItem, proposal: ReviewStep, actor: User, note: str) -> None:
    """A refund of all that waits, requested and approved by the two who decided (T14)."""
    attempt, rials = item.attempt, waiting_rials(item)
    if attempt is None or rials <= 0:
        raise Refused("money")
    reason = OF_ITEMS.get(item.kind, Reason.OTHER)
    refund = reserve(
        attempt, State.REVIEW, proposal.actor, rials, reason, proposal.evidence, accounts.UNALLOCATED, None
    )
    approve(refund, actor, note)


def refuse(item: ReviewItem, actor: User, proposal_id: str, note: str) -> None:
    """The second person says no, and why; the item is open again. Raises `Refused` or `WrongStep`."""
    proposal = _answered(item, actor, proposal_id)
    _said(note)
    walk(item, ItemState.OPEN)
    _write(item, actor, "refuse", proposal.outcome, evidence=note)


def close(item: ReviewItem, actor: User, reason: str) -> None:
    """One person ends an item with no money in it. Raises `Refused` (`money`, `evidence`) or `WrongStep`."""
    _said(reason)
    if outcomes(item):
        raise Refused("money")
    walk(item, ItemState.CLOSED, closed_at=now())
    _write(item, actor, "close", evidence=reason)


def _answered(item: ReviewItem, actor: User, proposal_id: str) -> ReviewStep:
    proposal = standing_proposal(item)
    if proposal is None or proposal.public_id != proposal_id:
        raise Refused("moved")
    if proposal.actor_id == actor.id:
        raise Refused("own")
    return proposal


def _said(words: str) -> None:
    if not words.strip():
        raise Refused("evidence")


def _write(
    item: ReviewItem,
    actor: User,
    verb: str,
    outcome: str = "",
    campaign: Campaign | None = None,
    intent: str = "",
    evidence: str = "",
) -> None:
    db.session.add(
        ReviewStep(
            item_id=item.id,
            verb=verb,
            outcome=outcome,
            campaign_id=campaign.id if campaign else None,
            intent=intent,
            evidence=evidence.strip(),
            actor_id=actor.id,
        )
    )
    db.session.flush()
