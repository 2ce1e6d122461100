"""Reads of what people decide about money."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import AllowedIntent, Campaign
from campaigns.domain.campaigns.states import State as CampaignState
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import held
from campaigns.domain.payments.models import PaymentAttempt, PaymentEvent, ReviewItem
from campaigns.domain.refunds.models import ReviewStep
from campaigns.domain.refunds.states import ItemState

ALLOCATE = "allocate"
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
    """What waits in `unallocated` for a decision about this item, by the book. A `no_answer` has none."""
    return 0 if item.kind == "no_answer" else held(accounts.UNALLOCATED, reference_of(item))


def is_unbooked(item: ReviewItem) -> bool:
    """Whether a bank says it holds this money, and the book does not have it yet."""
    said = item.kind == "unknown_money" and item.detail.get("rials", 0) > 0
    return said and item.state == ItemState.OPEN and not waiting_rials(item)


def outcomes(item: ReviewItem) -> tuple[str, ...]:
    """What may be proposed about the item's money."""
    return (ALLOCATE,) if waiting_rials(item) > 0 else ()


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
