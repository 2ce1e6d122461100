"""Shops at which promised goods may be bought: each is read before it is shown."""

from collections.abc import Sequence

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.goods.pledge_models import ListedShop
from campaigns.domain.moderation.contract import CannotUndo, Item
from campaigns.domain.moderation.verdicts import Verdict


class Shops:
    kind = "shop"
    verdicts = (Verdict.APPROVE, Verdict.REJECT)

    def waiting(self) -> Sequence[Item]:
        query = select(ListedShop).where(ListedShop.state == "waiting").order_by(ListedShop.created_at)
        return [self._item(shop) for shop in db.session.scalars(query)]

    def find(self, public_id: str) -> Item | None:
        query = select(ListedShop).where(ListedShop.public_id == public_id)
        shop = db.session.scalar(query.with_for_update(of=ListedShop))
        return self._item(shop) if shop else None

    def is_waiting(self, item: Item) -> bool:
        return bool(item.thing.state == "waiting")

    def round(self, item: Item) -> int:
        return 1

    def approvals_needed(self, item: Item) -> int:
        return 1

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        item.thing.state = "shown" if verdict is Verdict.APPROVE else "rejected"

    def undo(self, item: Item, verdict: Verdict, actor: User) -> None:
        if item.thing.state == "closed":
            raise CannotUndo
        item.thing.state = "waiting"

    def _item(self, shop: ListedShop) -> Item:
        return Item(self.kind, shop.public_id, shop.campaign, shop.author_id, shop.created_at, shop)
