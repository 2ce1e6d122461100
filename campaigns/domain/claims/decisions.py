"""What people of the house say of a claim. It is not money: only a line of a statement is. None of these commit."""

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.claims.errors import Refused
from campaigns.domain.claims.models import ClaimStep, TransferClaim
from campaigns.domain.claims.states import State
from campaigns.domain.claims.steps import walk, write
from campaigns.domain.claims.submit import reopen

AGREE = "agree"


def is_own(claim: TransferClaim, actor: User) -> bool:
    """Whether it would bring money to a campaign this person wrote."""
    return claim.contribution.campaign.author_id == actor.id


def accept(claim: TransferClaim, actor: User, *, two_people: bool, note: str = "") -> None:
    """The receipt looks right: said by one person, or by two of whom the first only agrees.

    Raises `Refused`: `own` campaign, `twice` by the same person, `moved`.
    """
    if is_own(claim, actor):
        raise Refused("own")
    if claim.state != State.SUBMITTED:
        raise Refused("moved")
    first = agreed(claim)
    if not two_people or first is not None:
        if two_people and first is not None and first.actor_id == actor.id:
            raise Refused("twice")
        walk(claim, State.RECEIPT_OK, "accept", actor_id=actor.id, note=note)
    else:
        write(claim, AGREE, claim.state, actor.id, note)


def refuse(claim: TransferClaim, actor: User, reason: str) -> None:
    """It is no gift of ours, and why: the donor reads it. Its amount is free again.

    Raises `Refused`: `own` campaign, `reason` missing, `moved`.
    """
    if is_own(claim, actor):
        raise Refused("own")
    if not reason.strip():
        raise Refused("reason")
    walk(
        claim,
        State.REFUSED,
        "refuse",
        actor_id=actor.id,
        note=reason,
        reason=reason.strip(),
        ended_at=now(),
    )


def undo(claim: TransferClaim, actor: User, note: str = "") -> None:
    """Takes back what was said last: the claim waits to be looked at again.

    Raises `Refused`: `own` campaign, `moved`, or `tracking`, where another claim has come to hold its number.
    """
    if is_own(claim, actor):
        raise Refused("own")
    if claim.state not in {State.RECEIPT_OK, State.REFUSED}:
        raise Refused("moved")
    after = State.SUBMITTED if claim.submitted_at else State.AWAITING
    reopen(claim, after, "undo", actor_id=actor.id, note=note, reason="")


def agreed(claim: TransferClaim) -> ClaimStep | None:
    """What the first of two people said, if it is the last thing said of this claim."""
    last = select(ClaimStep).where(ClaimStep.claim_id == claim.id).order_by(ClaimStep.id.desc()).limit(1)
    step = db.session.scalar(last)
    return step if step is not None and step.verb == AGREE else None
