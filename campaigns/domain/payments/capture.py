"""What happens to money a gateway says is ours: to the campaign's book, or to `unallocated` with a review
item.

None of these commit; each runs inside the one transaction of `settlement.book`.
"""

from typing import Any

from sqlalchemy import bindparam, or_, select, update

from campaigns.base.clock import now
from campaigns.base.engine import single
from campaigns.base.extensions import db
from campaigns.base.quick import Quick
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import State as CampaignState
from campaigns.domain.contributions.commitment import committed
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.payments import atonce
from campaigns.domain.payments.claims import Claimed
from campaigns.domain.payments.contract import VerifyResult
from campaigns.domain.payments.events import Event, event, note, open_item
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import TAKES_MONEY, State

CARD_MASK, BANK_REF = 24, 40  # the widths of their columns

# Made once: making a statement costs several times what running it does. They set the columns they are run with.
_attempt, _gift = PaymentAttempt.__table__.c, Contribution.__table__.c
_campaign = Campaign.__table__.c
_STATE = Quick(select(_attempt.state).where(_attempt.id == bindparam("attempt")))
_TAKE = Quick(
    update(PaymentAttempt.__table__).where(  # type: ignore[arg-type]
        _attempt.id == bindparam("attempt"), or_(*(_attempt.state == state for state in TAKES_MONEY))
    )
)
_SECRETS = Quick(select(_gift.code, _gift.salt).where(_gift.id == bindparam("gift")))
_RECEIVED = Quick(select(_gift.received_at).where(_gift.id == bindparam("gift")))
_RECEIVE = Quick(
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
    gift = _RECEIVE.run(received).one_or_none()
    if gift is None:
        again = _RECEIVED.run({"gift": claimed.contribution_id}).one().received_at is not None
        return review(claimed, "second_payment" if again else "campaign_cancelled", result, captured)
    if not _take(claimed, State.PAID, captured, result):
        db.session.rollback()
        return present_state(claimed.attempt_id)
    own = accounts.campaign(gift.campaign_id, gift.intent)
    sealed = committed(gift.salt, gift.code)
    _post(claimed, Kind.CAPTURE, result, own, captured, sealed, campaign_id=gift.campaign_id)
    return State.PAID


def at_once(claimed: Claimed, result: VerifyResult) -> bool:
    """The same as `paid` in one statement, where the database can and nothing is out of the ordinary: else False, and
    nothing is done. The transaction has to be begun with it.
    """
    meant = claimed.meant
    if meant is None or result.rials not in {None, claimed.rials} or not atonce.possible():
        return False
    facts = _facts(State.PAID, claimed.rials, result)
    heard = claimed.asked, _heard(claimed, State.PAID, result)
    legs = _legs(claimed, accounts.campaign(meant.campaign_id, meant.intent), claimed.rials, result)
    sealed = committed(meant.salt, meant.code)
    txn = {**_reference(claimed, Kind.CAPTURE), "campaign_id": meant.campaign_id, "commitment": sealed}
    whose = claimed.attempt_id, claimed.contribution_id, meant.salt
    with single():
        done = atonce.captured(whose, facts, heard, txn, legs)
    if not done:
        db.session.rollback()  # what comes now is more than one statement
    return done


def review(claimed: Claimed, kind: str, result: VerifyResult, captured: int = 0) -> State:
    """To REVIEW with an item for a person. Captured money waits in `unallocated`, never dropped."""
    if not _take(claimed, State.REVIEW, captured, result):
        return present_state(claimed.attempt_id)
    detail = {"expected_rials": claimed.rials, "captured_rials": captured, "code": result.code}
    open_item(kind, claimed.public_id, detail, claimed.attempt_id)
    if captured:
        gift = _SECRETS.run({"gift": claimed.contribution_id}).one()
        sealed = committed(gift.salt, gift.code)
        _post(claimed, Kind.UNALLOCATED, result, accounts.UNALLOCATED, captured, sealed)
    return State.REVIEW


def present_state(attempt_id: int) -> State:
    """The state an attempt is in now, inside the caller's transaction."""
    return State(_STATE.run({"attempt": attempt_id}).one().state)


def _take(claimed: Claimed, after: State, captured: int, result: VerifyResult) -> bool:
    """Moves the attempt, once. False: another process was first; nothing is changed."""
    values = _facts(after, captured, result) | {"attempt": claimed.attempt_id}
    moved = _TAKE.run(values).number == 1
    if moved:
        note(claimed.asked, _heard(claimed, after, result))
    return moved


def _facts(after: State, captured: int, result: VerifyResult) -> dict[str, Any]:
    return {
        "state": after.value,
        "captured_rials": captured,
        "lease_until": None,
        "next_check_at": None,
        "receipt_ref": result.receipt_ref,
        "bank_ref": result.bank_ref and result.bank_ref[:BANK_REF],
        "card_mask": result.card_mask and result.card_mask[:CARD_MASK],
        "paid_at": (result.paid_at or now()) if captured else None,
    }


def _heard(claimed: Claimed, after: State, result: VerifyResult) -> Event:
    heard, before = result.outcome.value, State.VERIFYING.value
    return event(claimed.attempt_id, "verify", heard, after, result.raw, before=before)


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
    """`sealed` is the donor's commitment."""
    about = _reference(claimed, kind)
    post(
        about["idempotency_key"],
        kind,
        _legs(claimed, credit, rials, result),
        occurred_at=about["occurred_at"],
        campaign_id=campaign_id,
        reference=(about["reference_kind"], claimed.attempt_id),
        commitment=sealed,
    )


def _reference(claimed: Claimed, kind: Kind) -> dict[str, Any]:
    """Which event the transaction is about."""
    return {
        "idempotency_key": f"{'cap' if kind is Kind.CAPTURE else 'unalloc'}:{claimed.public_id}",
        "kind": kind.value,
        "reference_kind": "attempt",
        "reference_id": claimed.attempt_id,
        "occurred_at": now(),
    }


def _legs(claimed: Claimed, credit: str, rials: int, result: VerifyResult) -> list[Leg]:
    """The gross to `credit`; the gateway's fee out of what it holds, where it says a sensible one."""
    clearing = accounts.clearing(claimed.terminal)
    legs = [Leg(clearing, credit, rials)]
    if result.fee_rials and 0 < result.fee_rials < rials:
        legs.append(Leg(accounts.fee(claimed.gateway), clearing, result.fee_rials))
    return legs
