"""Moving a claim along its table, with a line in its history each time. None of these commit."""

from typing import Any

from sqlalchemy import update

from campaigns.base.extensions import db
from campaigns.domain.claims.errors import Refused
from campaigns.domain.claims.models import ClaimStep, TransferClaim
from campaigns.domain.claims.states import State, before


def walk(
    claim: TransferClaim,
    after: State,
    verb: str,
    *,
    actor_id: int | None = None,
    note: str = "",
    **values: Any,
) -> None:
    """Moves the claim, once, whoever else tries, and sets `values` with it. Raises `Refused("moved")`."""
    was = claim.state
    if was not in before(after):
        raise Refused("moved")
    moved = db.session.execute(
        update(TransferClaim)
        .where(TransferClaim.id == claim.id, TransferClaim.state == was)
        .values(state=after.value, **values)
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("moved")
    db.session.refresh(claim)
    write(claim, verb, was, actor_id, note)


def write(claim: TransferClaim, verb: str, was: str, actor_id: int | None = None, note: str = "") -> None:
    """A line in the history of a claim, as the claim stands now."""
    step = ClaimStep(
        claim_id=claim.id, verb=verb, before=was, after=claim.state, actor_id=actor_id, note=note.strip()
    )
    db.session.add(step)
    db.session.flush()
