"""Reports with which campaigns end."""

from collections.abc import Sequence

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.actions import changed
from campaigns.domain.deliveries.models import FinalReport
from campaigns.domain.deliveries.reports import present
from campaigns.domain.deliveries.states import ReportState
from campaigns.domain.moderation.contract import CannotUndo, Item
from campaigns.domain.moderation.verdicts import Verdict

AFTER = {
    Verdict.APPROVE: ReportState.SHOWN,
    Verdict.RETURN: ReportState.RETURNED,
    Verdict.REJECT: ReportState.REJECTED,
}


class Reports:
    kind = "report"
    verdicts = (Verdict.APPROVE, Verdict.RETURN, Verdict.REJECT)

    def waiting(self) -> Sequence[Item]:
        query = select(FinalReport).where(FinalReport.state == ReportState.WAITING.value)
        return [self._item(row) for row in db.session.scalars(query.order_by(FinalReport.created_at))]

    def find(self, public_id: str) -> Item | None:
        query = select(FinalReport).where(FinalReport.public_id == public_id)
        row = db.session.scalar(query.with_for_update(of=FinalReport))
        return self._item(row) if row else None

    def is_waiting(self, item: Item) -> bool:
        return bool(item.thing.state == ReportState.WAITING)

    def round(self, item: Item) -> int:
        return 1

    def approvals_needed(self, item: Item) -> int:
        return 1

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        item.thing.state = AFTER[verdict].value
        item.thing.shown_at = now() if verdict is Verdict.APPROVE else None
        changed(item.campaign)

    def undo(self, item: Item, verdict: Verdict, actor: User) -> None:
        newer = present(item.campaign.id)
        if item.thing.state == ReportState.WAITING or (newer is not None and newer.id != item.thing.id):
            raise CannotUndo
        item.thing.state, item.thing.shown_at = ReportState.WAITING.value, None
        changed(item.campaign)

    def _item(self, row: FinalReport) -> Item:
        return Item(self.kind, row.public_id, row.campaign, row.author_id, row.created_at, row)
