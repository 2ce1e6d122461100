"""What happens to money a gateway says is ours: to the campaign's book, or to `unallocated` with a review
item.

None of these commit; each runs inside the one transaction of `settlement.book`.
"""

from typing import Any

from sqlalchemy import bindparam, or_, select, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import State as CampaignState
from campaigns.domain.contributions.commitment import committed
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.payments.claims import Claimed
from campaigns.domain.payments.contract import VerifyResult
from campaigns.domain.payments.events import event, note, open_item
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import TAKES_MONEY, State

CARD_MASK, BANK_REF = 24, 40  # the widths of their columns

# Made once: making a statement costs several times what running it does. They set the columns they are run with.
_attempt, _gift = PaymentAttempt.__table__.c, Contribution.__table__.c
_campaign = Campaign.__table__.c
_STATE = select(_attempt.state).where(_attempt.id == bindparam("attempt"))
_TAKE = update(PaymentAttempt.__table__).where(  # type: ignore[arg-type]
    _attempt.id == bindparam("attempt"), or_(*(_attempt.state == state for state in TAKES_MONEY))
)
_SECRETS = select(_gift.code, _gift.salt).where(_gift.id == bindparam("gift"))
_RECEIVED = select(_gift.received_at).where(_gift.id == bindparam("gift"))
_RECEIVE = (
    update(Contribution.__table__)  # type: ignore[arg-type]
    .where(
        _gift.id == bindparam("gift"),
        _gift.received_at.is_(None),
        select(_campaign.state).where(_campaign.id == _gift.campaign_id).scalar_subquery()
        != CampaignState.CANCELLED.value,
    )
    .returning(_gift.campaign_id, _gift.intent, _gift.code, _gift.salt)
)
"""Marks a gift received, for its first payment only, whatever races, and not for a cancelled campaign."""


def paid(claimed: Claimed, result: VerifyResult) -> State:
    """To PAID and the gift into the book; or to REVIEW when something about the money does not fit.

    A gift begun while its campaign was open still goes there after a pause or the end: it was meant for it.
    Only a cancelled campaign takes nothing more. Raises `IntegrityError` when the receipt is in the book
    already.
    """
    captured = claimed.rials if result.rials is None else result.rials
    if captured != claimed.rials:
        return review(claimed, "amount", result, captured)
    received = {"gift": claimed.contribution_id, "received_at": now()}
    gift = db.session.execute(_RECEIVE, received).one_or_none()
    if gift is None:
        again = db.session.execute(_RECEIVED, received).scalar_one() is not None
        return review(claimed, "second_payment" if again else "campaign_cancelled", result, captured)
    if not _take(claimed, State.PAID, captured, result):
        db.session.rollback()
        return present_state(claimed.attempt_id)
    own = accounts.campaign(gift.campaign_id, gift.intent)
    sealed = committed(gift.salt, gift.code)
    _post(claimed, Kind.CAPTURE, result, own, captured, sealed, campaign_id=gift.campaign_id)
    return State.PAID


def review(claimed: Claimed, kind: str, result: VerifyResult, captured: int = 0) -> State:
    """To REVIEW with an item for a person. Captured money waits in `unallocated`, never dropped."""
    if not _take(claimed, State.REVIEW, captured, result):
        return present_state(claimed.attempt_id)
    detail = {"expected_rials": claimed.rials, "captured_rials": captured, "code": result.code}
    open_item(kind, claimed.public_id, detail, claimed.attempt_id)
    if captured:
        gift = db.session.execute(_SECRETS, {"gift": claimed.contribution_id}).one()
        sealed = committed(gift.salt, gift.code)
        _post(claimed, Kind.UNALLOCATED, result, accounts.UNALLOCATED, captured, sealed)
    return State.REVIEW


def present_state(attempt_id: int) -> State:
    """The state an attempt is in now, inside the caller's transaction."""
    return State(db.session.execute(_STATE, {"attempt": attempt_id}).scalar_one())


def _take(claimed: Claimed, after: State, captured: int, result: VerifyResult) -> bool:
    """Moves the attempt, once. False: another process was first; nothing is changed."""
    values: dict[str, Any] = {
        "attempt": claimed.attempt_id,
        "state": after.value,
        "captured_rials": captured,
        "lease_until": None,
        "next_check_at": None,
        "receipt_ref": result.receipt_ref,
        "bank_ref": result.bank_ref and result.bank_ref[:BANK_REF],
        "card_mask": result.card_mask and result.card_mask[:CARD_MASK],
        "paid_at": (result.paid_at or now()) if captured else None,
    }
    moved = bool(db.session.execute(_TAKE, values).rowcount == 1)  # type: ignore[attr-defined]
    if moved:
        heard, before = result.outcome.value, State.VERIFYING.value
        note(claimed.asked, event(claimed.attempt_id, "verify", heard, after, result.raw, before=before))
    return moved


def _post(
    claimed: Claimed,
    kind: Kind,
    result: VerifyResult,
    credit: str,
    rials: int,
    sealed: bytes | None,
    *,
    campaign_id: int | None = None,
) -> None:
    """The gross to `credit`; the gateway's fee out of what it holds, where it says a sensible one. `sealed` is the
    donor's commitment.
    """
    clearing = accounts.clearing(claimed.terminal)
    legs = [Leg(clearing, credit, rials)]
    if result.fee_rials and 0 < result.fee_rials < rials:
        legs.append(Leg(accounts.fee(claimed.gateway), clearing, result.fee_rials))
    post(
        f"{'cap' if kind is Kind.CAPTURE else 'unalloc'}:{claimed.public_id}",
        kind,
        legs,
        occurred_at=now(),
        campaign_id=campaign_id,
        reference=("attempt", claimed.attempt_id),
        commitment=sealed,
    )
