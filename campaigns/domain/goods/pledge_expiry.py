"""Pledges nothing was heard of until their deadline: what they held is free again. Late goods still count."""

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.goods import counting
from campaigns.domain.goods.pledge_models import Pledge, PledgeStep
from campaigns.domain.goods.pledge_states import LIVE, State

BATCH = 200


def expire_pledges() -> int:
    """Up to 200 at once. Returns how many. Does not commit.

    One that somebody is changing just now is left for the next turn. Campaign by campaign, so that two workers wait
    for each other in the same order.
    """
    due = select(Pledge).where(Pledge.state.in_(LIVE), Pledge.expires_at < now()).limit(BATCH)
    rows = db.session.scalars(due.with_for_update(of=Pledge, skip_locked=True)).all()
    for pledge in sorted(rows, key=lambda row: (row.campaign_id, row.need_id, row.id)):
        before, pledge.state = pledge.state, State.EXPIRED.value
        pledge.ended_at, pledge.address = now(), ""
        counting.let_go(pledge.need, pledge.quantity)
        step = {"verb": "expire", "before": before, "after": pledge.state, "quantity": pledge.quantity}
        db.session.add(PledgeStep(pledge_id=pledge.id, **step))
    db.session.flush()
    return len(rows)
