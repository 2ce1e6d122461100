"""Things of one table that wait one by one until a moderator has read them: what all of these have in common."""

from typing import Any

from sqlalchemy import ColumnElement, inspect, select

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
    signs: tuple[str, ...] = ("state",)
    service: str = "edit"

    def condition(self) -> ColumnElement[bool]:
        """The condition under which a row of the table waits."""
        condition: ColumnElement[bool] = self.table.state == self.waits
        return condition

    def waits_now(self, row: Any) -> bool:
        return bool(row.state == self.waits)

    def find(self, public_id: str) -> Item | None:
        """With its row held until the transaction ends."""
        row = db.session.scalar(
            select(self.table).where(self.table.public_id == public_id).with_for_update(of=self.table)
        )
        return self.item(row) if row else None

    def is_waiting(self, item: Item) -> bool:
        return self.waits_now(item.thing)

    def content(self, item: Item) -> Any:
        """What a moderator reads: two of them see the same exactly when this is the same."""
        return {column.key: getattr(item.thing, column.key) for column in inspect(self.table).column_attrs}

    def round(self, item: Item) -> int:
        return 1

    def approvals_needed(self, item: Item) -> int:
        return 1

    def item(self, row: Any) -> Item:
        return Item(self.kind, row.public_id, row.campaign, row.author_id, row.created_at, row)
