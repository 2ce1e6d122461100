"""Claims nothing was heard of until their deadline: their amounts are free again. Late money still counts."""

from sqlalchemy import insert, select, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.claims.models import ClaimStep, TransferClaim
from campaigns.domain.claims.states import State

BATCH = 500


def expire() -> int:
    """Up to 500 at once. Returns how many. Does not commit."""
    moment, awaiting, expired = now(), State.AWAITING.value, State.EXPIRED.value
    due = select(TransferClaim.id).where(TransferClaim.state == awaiting, TransferClaim.deadline < moment)
    over = (
        update(TransferClaim)
        .where(TransferClaim.id.in_(due.limit(BATCH)), TransferClaim.state == awaiting)
        .values(state=expired, ended_at=moment)
        .returning(TransferClaim.id)
        .execution_options(synchronize_session=False)
    )
    ids = list(db.session.scalars(over))
    if ids:
        row = {"verb": "expire", "before": awaiting, "after": expired, "note": "", "made_at": moment}
        db.session.execute(insert(ClaimStep), [{"claim_id": claim_id, **row} for claim_id in ids])
    return len(ids)
