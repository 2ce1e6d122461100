"""What happens to money a gateway says is ours: to the campaign's book, or to `unallocated` with a review item.

None of these commit; each runs inside the one transaction of `settlement.book`.
"""

from typing import Any

from sqlalchemy import update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns.states import State as CampaignState
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.queries import CAPTURE
from campaigns.domain.payments.contract import VerifyResult
from campaigns.domain.payments.models import PaymentAttempt, PaymentEvent, ReviewItem
from campaigns.domain.payments.states import State

UNALLOCATED = "unallocated"


def paid(attempt_id: int, result: VerifyResult) -> State:
    """VERIFYING → PAID and the gift into the book; or REVIEW when something about the money does not fit.

    A gift begun while its campaign was open still goes there after a pause or the end; only a cancelled campaign
    takes nothing more. Raises `IntegrityError` when the receipt is already in the book.
    """
    attempt = db.session.get_one(PaymentAttempt, attempt_id, populate_existing=True)
    if result.rials is not None and result.rials != attempt.rials:
        return review(attempt_id, "amount", result, captured=result.rials)
    if attempt.contribution.campaign.state == CampaignState.CANCELLED:
        return review(attempt_id, "campaign_cancelled", result, captured=attempt.rials)
    if not _first_for(attempt.contribution_id):
        already = attempt.state == State.PAID
        return State.PAID if already else review(attempt_id, "second_payment", result, captured=attempt.rials)
    if not _take(attempt_id, State.PAID, attempt.rials, result):
        db.session.rollback()
        return State(db.session.get_one(PaymentAttempt, attempt_id, populate_existing=True).state)
    gift = attempt.contribution
    _post(attempt, accounts.campaign(gift.campaign_id, gift.intent), CAPTURE, gift.campaign_id, result)
    return State.PAID


def review(attempt_id: int, kind: str, result: VerifyResult, captured: int = 0) -> State:
    """VERIFYING → REVIEW with an item for a person. Captured money waits in `unallocated`, never dropped."""
    attempt = db.session.get_one(PaymentAttempt, attempt_id, populate_existing=True)
    fitting = result if kind != "duplicate_receipt" else None
    if not _take(attempt_id, State.REVIEW, captured, fitting):
        return State(db.session.get_one(PaymentAttempt, attempt_id, populate_existing=True).state)
    detail: dict[str, Any] = {
        "expected_rials": attempt.rials,
        "captured_rials": captured,
        "code": result.code,
    }
    db.session.add(
        ReviewItem(attempt_id=attempt_id, kind=kind, dedupe_key=f"{kind}:{attempt.public_id}", detail=detail)
    )
    if captured:
        _post(attempt, accounts.UNALLOCATED, UNALLOCATED, None, result, captured)
    return State.REVIEW


def _first_for(contribution_id: int) -> bool:
    """Marks the contribution received; true for the first payment only, whatever races."""
    done = db.session.execute(
        update(Contribution)
        .where(Contribution.id == contribution_id, Contribution.received_at.is_(None))
        .values(received_at=now())
        .execution_options(synchronize_session=False)
    )
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def _take(attempt_id: int, after: State, captured: int, result: VerifyResult | None) -> bool:
    moment = now()
    values: dict[str, Any] = {"captured_rials": captured, "lease_until": None, "next_check_at": None}
    if result is not None:
        values |= {"receipt_ref": result.receipt_ref, "card_mask": result.card_mask}
    if captured:
        values["paid_at"] = (result.paid_at if result else None) or moment
    done = db.session.execute(
        update(PaymentAttempt)
        .where(PaymentAttempt.id == attempt_id, PaymentAttempt.state == State.VERIFYING.value)
        .values(state=after.value, **values)
        .execution_options(synchronize_session=False)
    )
    db.session.add(
        PaymentEvent(
            attempt_id=attempt_id,
            source="verify",
            before=State.VERIFYING.value,
            after=after.value,
            outcome=result.outcome.value if result else "duplicate_receipt",
            payload=dict(result.raw) if result else {},
        )
    )
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def _post(
    attempt: PaymentAttempt,
    credit: str,
    kind: str,
    campaign_id: int | None,
    result: VerifyResult,
    rials: int | None = None,
) -> None:
    clearing = accounts.clearing(attempt.gateway)
    legs = [Leg(clearing, credit, rials or attempt.rials)]
    if result.fee_rials:
        legs.append(Leg(accounts.fee(attempt.gateway), clearing, result.fee_rials))
    post(
        f"{'cap' if kind == CAPTURE else 'unalloc'}:{attempt.public_id}",
        kind,
        legs,
        occurred_at=now(),
        campaign_id=campaign_id,
        reference=("attempt", attempt.id),
    )
