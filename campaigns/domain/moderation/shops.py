"""Shops at which promised goods may be bought: each is read before it is shown."""

from campaigns.domain.accounts.models import User
from campaigns.domain.goods.pledge_models import ListedShop
from campaigns.domain.moderation.contract import CannotUndo, Item
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.moderation.waiting import OneByOne


class Shops(OneByOne):
    kind = "shop"
    table = ListedShop
    verdicts = (Verdict.APPROVE, Verdict.REJECT)

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        item.thing.state = "shown" if verdict is Verdict.APPROVE else "rejected"

    def undo(self, item: Item, verdict: Verdict, actor: User) -> None:
        if item.thing.state == "closed":
            raise CannotUndo
        item.thing.state = "waiting"
