"""A pledge whose receipt was a mistake: what was counted is open again. Does not commit."""

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.goods import counting
from campaigns.domain.goods.pledge_models import Pledge, PledgeStep
from campaigns.domain.goods.pledge_states import State
from campaigns.domain.goods.stock_errors import Refused


def promise_again(pledge: Pledge, counted: int, actor: User, reason: str) -> None:
    """Takes `counted` out of what came of it. When nothing is left of that, it is promised anew as far as the need
    still asks for so many; its old deadline goes on.

    Raises `Refused`: `delivered`: it reached people already, `moved`: so many did not come of it.
    """
    row = select(Pledge).where(Pledge.id == pledge.id).with_for_update(of=Pledge)
    db.session.execute(row.execution_options(populate_existing=True)).scalar_one()
    if pledge.state == State.DELIVERED:
        raise Refused("delivered")
    if counted > pledge.received or not counting.take_back(pledge.need, counted):
        raise Refused("moved")
    before, pledge.received = pledge.state, pledge.received - counted
    pledge.state = _state_of(pledge)
    if not pledge.received:
        pledge.received_at = None
    step = PledgeStep(
        pledge_id=pledge.id,
        verb="take_back",
        before=before,
        after=pledge.state,
        quantity=counted,
        actor_id=actor.id,
        note=reason,
    )
    db.session.add(step)
    db.session.flush()


def _state_of(pledge: Pledge) -> str:
    if pledge.received:
        return State.PARTLY.value
    return (State.REGISTERED if counting.hold(pledge.need, pledge.quantity) else State.EXPIRED).value
