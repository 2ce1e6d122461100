"""Reads of what people decide about money."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import AllowedIntent, Campaign
from campaigns.domain.campaigns.states import State as CampaignState
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import held
from campaigns.domain.payments.models import PaymentAttempt, PaymentEvent, ReviewItem
from campaigns.domain.refunds.models import Refund, RefundStep, ReviewStep
from campaigns.domain.refunds.states import IN_BOOK, ItemState

ALLOCATE, RETURN = "allocate", "return"
STILL_MINE = (CampaignState.LIVE, CampaignState.PAUSED, CampaignState.ENDED)


def item_by_public_id(public_id: str) -> ReviewItem | None:
    """A review item with its attempt, gift and campaign."""
    whole = joinedload(ReviewItem.attempt).joinedload(PaymentAttempt.contribution)
    return db.session.scalar(
        select(ReviewItem)
        .where(ReviewItem.public_id == public_id)
        .options(whole.joinedload(Contribution.campaign))
    )


def reference_of(item: ReviewItem) -> tuple[str, int]:
    """What the book calls the thing whose money this is."""
    return ("attempt", item.attempt.id) if item.attempt else ("item", item.id)


def waiting_rials(item: ReviewItem) -> int:
    """What waits in `unallocated` for a decision about this item, by the book. A `no_answer` has none, nor has what a
    gateway's report says differently: where there is money to decide about, an item of its own asks for that.
    """
    if item.kind == "no_answer" or item.kind.startswith("report_"):
        return 0
    going = select(func.coalesce(func.sum(Refund.rials), 0)).where(
        Refund.attempt_id == item.attempt_id,
        Refund.account == accounts.UNALLOCATED,
        Refund.state.in_(IN_BOOK),
    )
    return held(accounts.UNALLOCATED, reference_of(item)) - int(db.session.scalar(going) or 0)


def is_unbooked(item: ReviewItem) -> bool:
    """Whether a bank says it holds this money, and the book does not have it yet."""
    said = item.kind == "unknown_money" and item.detail.get("rials", 0) > 0
    return said and item.state == ItemState.OPEN and not waiting_rials(item)


def outcomes(item: ReviewItem) -> tuple[str, ...]:
    """What may be proposed about the item's money. Only a payment of ours has a card it can go back to."""
    if waiting_rials(item) <= 0:
        return ()
    return (ALLOCATE, RETURN) if item.attempt is not None else (ALLOCATE,)


def may_take(item: ReviewItem, campaign: Campaign, intent: str) -> bool:
    """Whether the money may go to `campaign`: the gift's own until it is cancelled, another while it is live.

    Another campaign must take the intent: what was given as zakat stays zakat.
    """
    own = item.attempt is not None and item.attempt.contribution.campaign_id == campaign.id
    if own:
        return campaign.state in STILL_MINE
    takes = select(AllowedIntent.intent).where(
        AllowedIntent.campaign_id == campaign.id, AllowedIntent.intent == intent
    )
    return campaign.state == CampaignState.LIVE and db.session.scalar(takes) is not None


def standing_proposal(item: ReviewItem) -> ReviewStep | None:
    """The proposal that waits for a second person, if one does."""
    if item.state != ItemState.PROPOSED:
        return None
    query = select(ReviewStep).where(ReviewStep.item_id == item.id, ReviewStep.verb == "propose")
    return db.session.scalar(query.order_by(ReviewStep.id.desc()).limit(1))


def steps_of(item: ReviewItem) -> list[ReviewStep]:
    """Everything people said about the item, in order."""
    query = select(ReviewStep).where(ReviewStep.item_id == item.id).order_by(ReviewStep.id)
    return list(db.session.scalars(query.options(joinedload(ReviewStep.actor))))


def events_of(attempt: PaymentAttempt) -> list[PaymentEvent]:
    """Everything heard about a payment, in order."""
    query = select(PaymentEvent).where(PaymentEvent.attempt_id == attempt.id).order_by(PaymentEvent.id)
    return list(db.session.scalars(query))


def refund_by_public_id(public_id: str) -> Refund | None:
    """A refund with its payment, gift and campaign."""
    return db.session.scalar(_refunds().where(Refund.public_id == public_id))


def refunds(state: str = "", limit: int = 200) -> list[Refund]:
    """The newest first, of one state or of all."""
    query = _refunds().order_by(Refund.id.desc()).limit(limit)
    return list(db.session.scalars(query.where(Refund.state == state) if state else query))


def refunds_of(attempt: PaymentAttempt) -> list[Refund]:
    """Every refund of one payment, in order."""
    query = select(Refund).where(Refund.attempt_id == attempt.id).order_by(Refund.id)
    return list(db.session.scalars(query))


def given_back(contribution_id: int) -> list[Refund]:
    """What of a gift has gone back to its donor, or is on its way, in order."""
    query = select(Refund).join(PaymentAttempt, PaymentAttempt.id == Refund.attempt_id)
    query = query.where(PaymentAttempt.contribution_id == contribution_id, Refund.state.in_(IN_BOOK))
    return list(db.session.scalars(query.order_by(Refund.id)))


def refund_steps(refund: Refund) -> list[RefundStep]:
    """Everything people did about a refund, in order."""
    query = select(RefundStep).where(RefundStep.refund_id == refund.id).order_by(RefundStep.id)
    return list(db.session.scalars(query.options(joinedload(RefundStep.actor))))


def _refunds() -> Select[Refund]:
    whole = joinedload(Refund.attempt).joinedload(PaymentAttempt.contribution)
    return select(Refund).options(whole.joinedload(Contribution.campaign))
