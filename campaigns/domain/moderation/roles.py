"""Words of volunteer roles, as something that waits for a moderator."""

from collections.abc import Sequence

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.moderation.contract import CannotUndo, Item
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.volunteers import wordings
from campaigns.domain.volunteers.shift_models import RoleWording


class Roles:
    kind = "role"
    verdicts = (Verdict.APPROVE, Verdict.RETURN, Verdict.REJECT)

    def waiting(self) -> Sequence[Item]:
        query = select(RoleWording).where(RoleWording.state == "waiting").order_by(RoleWording.created_at)
        return [self._item(row) for row in db.session.scalars(query)]

    def find(self, public_id: str) -> Item | None:
        query = select(RoleWording).where(RoleWording.public_id == public_id)
        row = db.session.scalar(query.with_for_update(of=RoleWording))
        return self._item(row) if row else None

    def is_waiting(self, item: Item) -> bool:
        return bool(item.thing.state == "waiting")

    def round(self, item: Item) -> int:
        return 1

    def approvals_needed(self, item: Item) -> int:
        return 1

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        if verdict is Verdict.APPROVE:
            wordings.show(item.thing)
        else:
            wordings.decline(item.thing, "returned" if verdict is Verdict.RETURN else "rejected")

    def undo(self, item: Item, verdict: Verdict, actor: User) -> None:
        if not wordings.reopen(item.thing):
            raise CannotUndo

    def _item(self, row: RoleWording) -> Item:
        return Item(self.kind, row.public_id, row.role.campaign, row.author_id, row.created_at, row)
