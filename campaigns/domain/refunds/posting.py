"""What a refund does to the book (E6a, E6b, the mirror of E6a; E7 of a reversal), and to the gift. None commit."""

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, mirror, post
from campaigns.domain.ledger.kinds import GIFTS, Kind
from campaigns.domain.ledger.models import LedgerTxn
from campaigns.domain.ledger.queries import source_of
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import State
from campaigns.domain.payments.terminals import key
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.queries import terminal_of
from campaigns.domain.refunds.states import IN_BOOK


def owe(refund: Refund, actor: User) -> None:
    """From where the money is to what we owe donors. With the last of it the gift is gone from the wall."""
    gift, kind = _locked_gift(refund), Kind.REFUND
    if gift is not None and _counts(refund, gift) and gift.refunded_at is None and _left(gift) == 0:
        gift.refunded_at, kind = now(), Kind.WHOLE_REFUND
    leg = Leg(refund.account, accounts.REFUND_PAYABLE, refund.rials)
    _post(f"rfa:{refund.public_id}", kind, leg, refund, actor)


def settle(refund: Refund, actor: User) -> None:
    """The gateway has paid what we owed, out of what it holds for us under the terminal that took it."""
    leg = Leg(accounts.REFUND_PAYABLE, accounts.clearing(_terminal(refund)), refund.rials)
    _post(f"rfd:{refund.public_id}", Kind.REFUND_PAID, leg, refund, actor)


def take_back(refund: Refund, actor: User) -> None:
    """The exact mirror of `owe`. A gift that was gone stands again."""
    gift, kind = _locked_gift(refund), Kind.REVERSAL
    if gift is not None and _counts(refund, gift) and gift.refunded_at is not None:
        gift.refunded_at, kind = None, Kind.GIFT_BACK
    mirror(f"rfa:{refund.public_id}", kind, occurred_at=now(), actor_id=actor.id)
    stamps.bump(stamps.PORTAL)


def reverse(refund: Refund, actor: User) -> None:
    """The gateway has given the payment back: everything that brought it into the book is mirrored, the last first.

    With it the gift is gone.
    """
    gift = _locked_gift(refund)
    mirror_payment(("attempt", refund.attempt_id or 0), actor)
    if gift is not None and _counts(refund, gift) and gift.refunded_at is None and _left(gift) == 0:
        gift.refunded_at = now()


def mirror_payment(reference: tuple[str, int], actor: User) -> None:
    """The exact mirrors of all that the book says about money that came, fees too, once."""
    later = aliased(LedgerTxn)
    query = select(LedgerTxn.idempotency_key, LedgerTxn.kind).where(
        LedgerTxn.reference_kind == reference[0],
        LedgerTxn.reference_id == reference[1],
        LedgerTxn.kind.in_((*GIFTS, Kind.UNALLOCATED.value, Kind.ALLOCATION.value)),
        ~select(later.id).where(later.reverses_id == LedgerTxn.id).exists(),
    )
    for name, came_as in db.session.execute(query.order_by(LedgerTxn.id.desc())).all():
        kind = Kind.GIFT_REVERSED if came_as in GIFTS else Kind.REVERSAL
        mirror(name, kind, occurred_at=now(), actor_id=actor.id)
    stamps.bump(stamps.PORTAL)


def _terminal(refund: Refund) -> str:
    if refund.attempt is not None:
        return key(refund.attempt.gateway, refund.attempt.account_id)
    assert refund.item is not None
    return terminal_of(refund.item)


def _post(key: str, kind: Kind, leg: Leg, refund: Refund, actor: User) -> None:
    post(
        key,
        kind,
        [leg],
        occurred_at=now(),
        campaign_id=refund.campaign_id,
        reference=("refund", refund.id),
        actor_id=actor.id,
    )
    stamps.bump(stamps.PORTAL)


def _locked_gift(refund: Refund) -> Contribution | None:
    """The gift, as it is now; until we commit nobody else counts what is left of it (PostgreSQL). None: of nobody."""
    if refund.attempt_id is None:
        return None
    query = select(Contribution).join(PaymentAttempt, PaymentAttempt.contribution_id == Contribution.id)
    query = query.where(PaymentAttempt.id == refund.attempt_id).with_for_update(of=Contribution)
    return db.session.execute(query.execution_options(populate_existing=True)).scalar_one()


def _counts(refund: Refund, gift: Contribution) -> bool:
    """Whether the refund takes from the campaign that counts the gift."""
    return gift.received_at is not None and refund.campaign_id == gift.campaign_id


def _left(gift: Contribution) -> int:
    """Rials of the gift that its campaign still has: all its payments less what was given back."""
    paid = select(PaymentAttempt.id, PaymentAttempt.captured_rials).where(
        PaymentAttempt.contribution_id == gift.id, PaymentAttempt.state == State.PAID.value
    )
    given = select(func.coalesce(func.sum(Refund.rials), 0)).join(
        PaymentAttempt, PaymentAttempt.id == Refund.attempt_id
    )
    given = given.where(
        PaymentAttempt.contribution_id == gift.id,
        Refund.campaign_id == gift.campaign_id,
        Refund.state.in_(IN_BOOK),
        Refund.reverse_until.is_(None),  # what is reversed is no payment of the gift any more
    )
    captured = 0
    for attempt_id, rials in db.session.execute(paid).all():
        source = source_of(("attempt", attempt_id))
        captured += rials if source and source[1] == gift.campaign_id else 0
    return captured - int(db.session.scalar(given) or 0)
