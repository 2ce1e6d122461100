"""What a donor says of a transfer they have made. Does not commit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.claims.errors import Refused
from campaigns.domain.claims.models import TransferClaim
from campaigns.domain.claims.states import OPEN, State, before
from campaigns.domain.claims.steps import walk


@dataclass(frozen=True)
class Told:
    """`tracking` in ASCII letters and digits, `last4` of the card that paid, `paid_at` as the donor's clock said."""

    tracking: str | None
    last4: str | None
    paid_at: datetime | None


def may_submit(claim: TransferClaim) -> bool:
    """Whether the donor may still say something: also after the deadline, but not once people have said no."""
    return claim.state in before(State.SUBMITTED) and claim.state != State.REFUSED


def submit(claim: TransferClaim, told: Told) -> None:
    """The donor has paid, or says more about it; people look at it (again).

    Raises `Refused`: `moved`, nothing is expected of the donor any more; `tracking`, another claim has this number.
    """
    if not may_submit(claim):
        raise Refused("moved")
    values: dict[str, Any] = {
        "tracking": told.tracking,
        "payer_last4": told.last4,
        "donor_paid_at": told.paid_at,
    }
    reopen(claim, State.SUBMITTED, "submit", submitted_at=now(), **values)


def reopen(
    claim: TransferClaim,
    after: State,
    verb: str,
    *,
    actor_id: int | None = None,
    note: str = "",
    **values: Any,
) -> None:
    """To an open state, from an open one or not. It holds its amount again, unless others hold it now.

    Raises `Refused`: `moved`, or `tracking`.
    """
    holds = claim.holds_amount and (claim.state in OPEN or _is_free(claim))
    for again in (holds, False):
        try:
            with db.session.begin_nested():
                walk(
                    claim,
                    after,
                    verb,
                    actor_id=actor_id,
                    note=note,
                    ended_at=None,
                    holds_amount=again,
                    **values,
                )
        except IntegrityError:
            db.session.refresh(claim)  # the amount, taken just now; or the number, and then again
        else:
            return
    raise Refused("tracking")


def _is_free(claim: TransferClaim) -> bool:
    """Whether nobody was given this amount since the claim was over."""
    same = select(TransferClaim.id).where(
        TransferClaim.bank_account_id == claim.bank_account_id,
        TransferClaim.expected_rials == claim.expected_rials,
        TransferClaim.holds_amount,
        TransferClaim.state.in_(OPEN),
        TransferClaim.id != claim.id,
    )
    return db.session.scalar(same.limit(1)) is None
