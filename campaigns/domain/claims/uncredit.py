"""A gift that a line of the bank was wrongly taken for: it waits for its money again, as before. Does not commit.

What the book says of it is for whoever calls: nothing here moves money.
"""

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.claims.errors import Refused
from campaigns.domain.claims.models import ClaimStep, TransferClaim
from campaigns.domain.claims.states import State
from campaigns.domain.claims.steps import write
from campaigns.domain.contributions.models import Contribution

UNCREDIT = "uncredit"


def uncredit(claim: TransferClaim, actor: User, note: str) -> None:
    """Back to where it was before it was credited, and its gift is not received. Raises `Refused` (`moved`).

    It holds its amount again, unless others were given that meanwhile.
    """
    before, reason = _before(claim)
    for holds in (claim.holds_amount, False):
        try:
            with db.session.begin_nested():
                _step_back(claim, before, reason, holds)
        except IntegrityError:  # the amount
            db.session.refresh(claim)
        else:
            break
    else:
        raise Refused("moved")
    write(claim, UNCREDIT, State.CREDITED.value, actor.id, note)
    db.session.execute(
        update(Contribution)
        .where(Contribution.id == claim.contribution_id)
        .values(received_at=None, rials=claim.base_rials)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(claim.contribution)
    stamps.bump(stamps.of_campaign(claim.contribution.campaign_id), stamps.PORTAL)


def _before(claim: TransferClaim) -> tuple[str, str]:
    """The state it was credited from, and the reason if it was refused by then."""
    mine = select(ClaimStep).where(ClaimStep.claim_id == claim.id).order_by(ClaimStep.id.desc()).limit(1)
    step = db.session.scalars(mine.where(ClaimStep.verb == "credit")).one()
    if step.before != State.REFUSED:
        return step.before, ""
    refused = db.session.scalars(mine.where(ClaimStep.verb == "refuse")).one_or_none()
    return step.before, refused.note if refused else ""


def _step_back(claim: TransferClaim, after: str, reason: str, holds: bool) -> None:
    moved = db.session.execute(
        update(TransferClaim)
        .where(
            TransferClaim.id == claim.id,
            TransferClaim.state == State.CREDITED.value,
            TransferClaim.line_id == claim.line_id,
        )
        .values(
            state=after,
            line_id=None,
            received_rials=0,
            paid_at=None,
            credited_at=None,
            reason=reason,
            holds_amount=holds,
            ended_at=now() if after in (State.REFUSED, State.EXPIRED) else None,
        )
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("moved")
    db.session.refresh(claim)
