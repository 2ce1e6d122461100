"""What happens to money a gateway says is ours: to the campaign's book, or to `unallocated` with a review
item.

None of these commit; each runs inside the one transaction of `settlement.book`.
"""

from typing import Any

from sqlalchemy import Row, select, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import State as CampaignState
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.payments.claims import Claimed
from campaigns.domain.payments.contract import VerifyResult
from campaigns.domain.payments.events import note, open_item
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import TAKES_MONEY, State

CARD_MASK = 24  # the width of its column


def paid(claimed: Claimed, result: VerifyResult) -> State:
    """To PAID and the gift into the book; or to REVIEW when something about the money does not fit.

    A gift begun while its campaign was open still goes there after a pause or the end: it was meant for it.
    Only a cancelled campaign takes nothing more. Raises `IntegrityError` when the receipt is in the book
    already.
    """
    captured = claimed.rials if result.rials is None else result.rials
    if captured != claimed.rials:
        return review(claimed, "amount", result, captured)
    gift = _gift(claimed.contribution_id)
    if gift.state == CampaignState.CANCELLED:
        return review(claimed, "campaign_cancelled", result, captured)
    if not _first_for(claimed.contribution_id):
        return review(claimed, "second_payment", result, captured)
    if not _take(claimed, State.PAID, captured, result):
        db.session.rollback()
        return present_state(claimed.attempt_id)
    own = accounts.campaign(gift.campaign_id, gift.intent)
    _post(claimed, Kind.CAPTURE, result, own, rials=captured, campaign_id=gift.campaign_id)
    return State.PAID


def review(claimed: Claimed, kind: str, result: VerifyResult, captured: int = 0) -> State:
    """To REVIEW with an item for a person. Captured money waits in `unallocated`, never dropped."""
    if not _take(claimed, State.REVIEW, captured, result):
        return present_state(claimed.attempt_id)
    detail = {"expected_rials": claimed.rials, "captured_rials": captured, "code": result.code}
    open_item(kind, claimed.public_id, detail, claimed.attempt_id)
    if captured:
        _post(claimed, Kind.UNALLOCATED, result, accounts.UNALLOCATED, rials=captured)
    return State.REVIEW


def present_state(attempt_id: int) -> State:
    """The state an attempt is in now, inside the caller's transaction."""
    return State(
        db.session.execute(select(PaymentAttempt.state).where(PaymentAttempt.id == attempt_id)).scalar_one()
    )


def _gift(contribution_id: int) -> Row[int, str, str]:
    return db.session.execute(
        select(Contribution.campaign_id, Contribution.intent, Campaign.state)
        .join(Campaign, Campaign.id == Contribution.campaign_id)
        .where(Contribution.id == contribution_id)
    ).one()


def _first_for(contribution_id: int) -> bool:
    """Marks the contribution received; true for the first payment only, whatever races."""
    done = db.session.execute(
        update(Contribution)
        .where(Contribution.id == contribution_id, Contribution.received_at.is_(None))
        .values(received_at=now())
        .execution_options(synchronize_session=False)
    )
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def _take(claimed: Claimed, after: State, captured: int, result: VerifyResult) -> bool:
    """Moves the attempt, once. False: another process was first; nothing is changed."""
    values: dict[str, Any] = {
        "captured_rials": captured,
        "lease_until": None,
        "next_check_at": None,
        "receipt_ref": result.receipt_ref,
        "card_mask": result.card_mask and result.card_mask[:CARD_MASK],
        "paid_at": (result.paid_at or now()) if captured else None,
    }
    done = db.session.execute(
        update(PaymentAttempt)
        .where(PaymentAttempt.id == claimed.attempt_id, PaymentAttempt.state.in_(TAKES_MONEY))
        .values(state=after.value, **values)
        .execution_options(synchronize_session=False)
    )
    moved = bool(done.rowcount == 1)  # type: ignore[attr-defined]
    if moved:
        heard = result.outcome.value
        note(claimed.attempt_id, "verify", heard, after, result.raw, before=State.VERIFYING.value)
    return moved


def _post(
    claimed: Claimed,
    kind: Kind,
    result: VerifyResult,
    credit: str,
    *,
    rials: int,
    campaign_id: int | None = None,
) -> None:
    """The gross to `credit`; the gateway's fee out of what it holds, where it says a sensible one."""
    clearing = accounts.clearing(claimed.gateway)
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
    )
