"""Reads of what people decide about money."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.access import Scope
from campaigns.domain.campaigns.models import AllowedIntent, Campaign
from campaigns.domain.campaigns.queries import in_scope
from campaigns.domain.campaigns.states import State as CampaignState
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import held
from campaigns.domain.payments.models import PaymentAttempt, PaymentEvent, ReviewItem
from campaigns.domain.payments.states import State
from campaigns.domain.refunds.models import Refund, RefundStep, ReviewStep
from campaigns.domain.refunds.states import IN_BOOK, ItemState, RefundState

ALLOCATE, RETURN, REVERSE, RETURNED = "allocate", "return", "reverse", "returned"
"""What may become of money that does not fit: a campaign gets it; it is returned by a refund, or by its gateway at
once; the bank has given it back already.
"""
NO_MONEY = frozenset(
    {
        *("no_answer", "stuck_verifying", "stuck_reversing", "stuck_refund"),
        *("list_full", "match_spent", "taken_back", "dispute", "dispute_spent"),
    }
)
"""Kinds of items that ask somebody to look, and have no money of their own to decide about."""
STILL_MINE = (CampaignState.LIVE, CampaignState.PAUSED, CampaignState.FROZEN, CampaignState.ENDED)


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
    """What waits in `unallocated` for a decision about this item, by the book.

    Some kinds have none: what a gateway's report says differently, for one; where there is money to decide about, an
    item of its own asks for that. Nor has a closed one: a gift was found that its money was for
    (`statements.booking`).
    """
    if item.kind in NO_MONEY or item.kind.startswith("report_") or item.state == ItemState.CLOSED:
        return 0
    mine = Refund.attempt_id == item.attempt_id if item.attempt_id else Refund.item_id == item.id
    going = select(func.coalesce(func.sum(Refund.rials), 0)).where(
        mine,
        Refund.account == accounts.UNALLOCATED,
        Refund.state.in_(IN_BOOK),
        or_(Refund.reverse_until.is_(None), Refund.state != RefundState.DONE.value),  # then it is mirrored
    )
    return held(accounts.UNALLOCATED, reference_of(item)) - int(db.session.scalar(going) or 0)


def is_unbooked(item: ReviewItem) -> bool:
    """Whether a bank says it holds this money, and the book does not have it yet."""
    said = item.kind == "unknown_money" and item.detail.get("rials", 0) > 0
    return said and item.state == ItemState.OPEN and not waiting_rials(item)


def outcomes(item: ReviewItem, reverse_until: datetime | None = None) -> tuple[str, ...]:
    """What may be proposed about the item's money; `reverse_until`: until when its gateway would take it back."""
    if waiting_rials(item) <= 0:
        return ()
    whole = item.attempt is not None and item.attempt.captured_rials == waiting_rials(item)
    at_once = (REVERSE,) if whole and reverse_until is not None and now() <= reverse_until else ()
    return (ALLOCATE, RETURN, *at_once, RETURNED)


def terminal_of(item: ReviewItem) -> str:
    """The terminal that holds money of no payment of ours (`terminals.key`)."""
    return str(item.detail.get("terminal") or item.detail["gateway"])


def another_reversing(attempt: PaymentAttempt) -> bool:
    """Whether another payment that brought the same gift is just being taken back: until then nothing is added."""
    going = select(Refund.attempt_id).where(
        Refund.reverse_until.is_not(None),
        Refund.campaign_id.is_not(None),
        Refund.state.in_((RefundState.APPROVED.value, RefundState.SENT.value)),
    )
    return _other(attempt, PaymentAttempt.id.in_(going))


def another_payment(attempt: PaymentAttempt) -> bool:
    """Whether another payment of the same gift stands, or is just being taken back."""
    left = PaymentAttempt.refund_reserved_rials < PaymentAttempt.captured_rials
    stands = and_(PaymentAttempt.state == State.PAID.value, left)
    return another_reversing(attempt) or _other(attempt, stands)


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


def refunds(
    scope: Scope, user_id: int, state: str = "", after: Refund | None = None, limit: int = 50
) -> list[Refund]:
    """The newest first, of one state or of all, within reach; `after`: the last row of the page before.

    Money of no payment of ours belongs to the whole country.
    """
    query = _refunds().order_by(Refund.id.desc()).limit(limit)
    if state:
        query = query.where(Refund.state == state)
    if after is not None:
        query = query.where(Refund.id < after.id)
    if not scope.everywhere:
        reached = in_scope(select(Campaign.id), scope, user_id)
        there = select(PaymentAttempt.id).join(
            Contribution, Contribution.id == PaymentAttempt.contribution_id
        )
        query = query.where(Refund.attempt_id.in_(there.where(Contribution.campaign_id.in_(reached))))
    return list(db.session.scalars(query))


def refunds_of(attempt: PaymentAttempt) -> list[Refund]:
    """Every refund of one payment, in order."""
    query = select(Refund).where(Refund.attempt_id == attempt.id).order_by(Refund.id)
    return list(db.session.scalars(query))


def given_back(contribution_id: int) -> list[Refund]:
    """What of a gift has gone back to its donor, or is on its way, in order."""
    query = select(Refund).join(PaymentAttempt, PaymentAttempt.id == Refund.attempt_id)
    query = query.where(PaymentAttempt.contribution_id == contribution_id, Refund.state.in_(IN_BOOK))
    return list(db.session.scalars(query.order_by(Refund.id)))


def gone_rials(contribution_ids: Collection[int]) -> dict[int, int]:
    """What of these gifts has gone back to their donors by refunds, in rials; the others are left out."""
    query = (
        select(PaymentAttempt.contribution_id, func.sum(Refund.rials))
        .join(Refund, Refund.attempt_id == PaymentAttempt.id)
        .where(
            PaymentAttempt.contribution_id.in_(contribution_ids),
            Refund.campaign_id.is_not(None),
            Refund.reverse_until.is_(None),
            Refund.state.in_(IN_BOOK),
        )
        .group_by(PaymentAttempt.contribution_id)
    )
    return {gift_id: int(rials) for gift_id, rials in db.session.execute(query)}


def refund_steps(refund: Refund) -> list[RefundStep]:
    """Everything people did about a refund, in order."""
    query = select(RefundStep).where(RefundStep.refund_id == refund.id).order_by(RefundStep.id)
    return list(db.session.scalars(query.options(joinedload(RefundStep.actor))))


def _other(attempt: PaymentAttempt, is_so: ColumnElement[bool]) -> bool:
    query = select(PaymentAttempt.id).where(
        PaymentAttempt.contribution_id == attempt.contribution_id, PaymentAttempt.id != attempt.id, is_so
    )
    return db.session.scalar(query.limit(1)) is not None


def _refunds() -> Select[Refund]:
    whole = joinedload(Refund.attempt).joinedload(PaymentAttempt.contribution)
    return select(Refund).options(whole.joinedload(Contribution.campaign), joinedload(Refund.item))
