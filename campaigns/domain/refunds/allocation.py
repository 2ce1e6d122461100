"""Giving unallocated money to a campaign, once two people agree (T13, E5b). Does not commit."""

from sqlalchemy import or_, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.payments.events import event, note
from campaigns.domain.payments.models import PaymentAttempt, ReviewItem
from campaigns.domain.payments.states import State
from campaigns.domain.refunds.errors import Refused
from campaigns.domain.refunds.models import ReviewStep
from campaigns.domain.refunds.queries import another_reversing, may_take, reference_of, waiting_rials


def allocate(item: ReviewItem, proposal: ReviewStep, actor: User) -> None:
    """Moves what waits for the item to the proposal's campaign; its payment becomes PAID.

    Raises `Refused`: `campaign` may not take it any more, `money` is gone, `moved`: the payment has, `another`
    payment of the same gift is just being taken back.
    """
    campaign, rials = proposal.campaign, waiting_rials(item)
    if rials <= 0:
        raise Refused("money")
    if item.attempt is not None and another_reversing(item.attempt):
        raise Refused("another")
    if campaign is None or not may_take(item, campaign, proposal.intent):
        raise Refused("campaign")
    gift = item.attempt is not None and _pay(item.attempt, proposal, rials)
    post(
        f"alloc:{item.public_id}",
        Kind.ALLOCATED_GIFT if gift else Kind.ALLOCATION,
        [Leg(accounts.UNALLOCATED, accounts.campaign(campaign.id, proposal.intent), rials)],
        occurred_at=now(),
        campaign_id=campaign.id,
        reference=reference_of(item),
        actor_id=actor.id,
    )


def _pay(attempt: PaymentAttempt, proposal: ReviewStep, rials: int) -> bool:
    """REVIEW → PAID, once. True: with it the gift is received, as the sum that came and where it went.

    A gift that another payment has brought already stays as it is, unless that one was given back.
    """
    review, paid = State.REVIEW, State.PAID
    moved = db.session.execute(
        update(PaymentAttempt)
        .where(PaymentAttempt.id == attempt.id, PaymentAttempt.state == review.value)
        .values(state=paid.value)
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("moved")
    note(event(attempt.id, "decision", "allocated", paid, {"step": proposal.public_id}, before=review.value))
    received = db.session.execute(
        update(Contribution)
        .where(
            Contribution.id == attempt.contribution_id,
            or_(Contribution.received_at.is_(None), Contribution.refunded_at.is_not(None)),
        )
        .values(received_at=now(), refunded_at=None, rials=rials, campaign_id=proposal.campaign_id)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(attempt)
    db.session.refresh(attempt.contribution)
    return bool(received.rowcount == 1)  # type: ignore[attr-defined]
