"""Things of one table that wait one by one until a moderator has read them: what all of these have in common."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.moderation.contract import Item
from campaigns.domain.moderation.verdicts import Verdict


class OneByOne:
    """`table` has `public_id`, `state`, `created_at`, `author_id` and a campaign; its rows wait while their state is
    `waits`. A kind of thing says what a verdict does to it, and how that is undone.
    """

    verdicts: tuple[Verdict, ...] = (Verdict.APPROVE, Verdict.RETURN, Verdict.REJECT)
    kind: str
    table: Any
    waits: str = "waiting"

    def waiting(self) -> Sequence[Item]:
        rows = select(self.table).where(self.table.state == self.waits)
        return [self.item(row) for row in db.session.scalars(rows.order_by(self.table.created_at))]

    def find(self, public_id: str) -> Item | None:
        """With its row held until the transaction ends."""
        row = db.session.scalar(
            select(self.table).where(self.table.public_id == public_id).with_for_update(of=self.table)
        )
        return self.item(row) if row else None

    def is_waiting(self, item: Item) -> bool:
        return bool(item.thing.state == self.waits)

    def round(self, item: Item) -> int:
        return 1

    def approvals_needed(self, item: Item) -> int:
        return 1

    def item(self, row: Any) -> Item:
        return Item(self.kind, row.public_id, row.campaign, row.author_id, row.created_at, row)
