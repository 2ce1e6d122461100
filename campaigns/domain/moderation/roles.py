"""Words of volunteer roles, as something that waits for a moderator."""

from campaigns.domain.accounts.models import User
from campaigns.domain.moderation.contract import CannotUndo, Item
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.moderation.waiting import OneByOne
from campaigns.domain.volunteers import wordings
from campaigns.domain.volunteers.shift_models import RoleWording


class Roles(OneByOne):
    kind = "role"
    table = RoleWording

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        if verdict is Verdict.APPROVE:
            wordings.show(item.thing)
        else:
            wordings.decline(item.thing, "returned" if verdict is Verdict.RETURN else "rejected")

    def undo(self, item: Item, verdict: Verdict, actor: User) -> None:
        if not wordings.reopen(item.thing):
            raise CannotUndo

    def item(self, row: RoleWording) -> Item:
        return Item(self.kind, row.public_id, row.role.campaign, row.author_id, row.created_at, row)
