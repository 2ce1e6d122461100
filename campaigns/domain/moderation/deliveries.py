"""Deliveries: a moderator looks at the evidence before the public does."""

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.deliveries import actions
from campaigns.domain.deliveries.errors import Refused
from campaigns.domain.deliveries.models import Delivery
from campaigns.domain.deliveries.states import State
from campaigns.domain.moderation.contract import CannotApply, CannotUndo, Item
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.moderation.waiting import OneByOne


class Deliveries(OneByOne):
    """Neither who recorded it nor who agreed decides. What is rejected is recorded anew."""

    kind = "delivery"
    table = Delivery
    waits = State.AGREED.value
    verdicts = (Verdict.APPROVE, Verdict.REJECT)

    def find(self, public_id: str) -> Item | None:
        query = select(Delivery).where(Delivery.public_id == public_id, Delivery.state.in_(_SEEN))
        row = db.session.scalar(query.with_for_update(of=Delivery))
        return self.item(row) if row else None

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        if item.thing.decided_by_id == actor.id:
            raise CannotApply("own")
        if verdict is Verdict.APPROVE:
            actions.show(item.thing)
        else:
            actions.reject(item.thing)

    def undo(self, item: Item, verdict: Verdict, actor: User) -> None:
        try:
            actions.look_again(item.thing)
        except Refused:
            raise CannotUndo from None

    def item(self, row: Delivery) -> Item:
        since = row.decided_at or row.recorded_at
        return Item(self.kind, row.public_id, row.campaign, row.recorded_by_id, since, row)


_SEEN = (State.AGREED.value, State.SHOWN.value, State.REJECTED.value)
