"""Reports with which campaigns end."""

from campaigns.base.clock import now
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.actions import changed
from campaigns.domain.deliveries.models import FinalReport
from campaigns.domain.deliveries.reports import present
from campaigns.domain.deliveries.states import ReportState
from campaigns.domain.moderation.contract import CannotUndo, Item
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.moderation.waiting import OneByOne

AFTER = {
    Verdict.APPROVE: ReportState.SHOWN,
    Verdict.RETURN: ReportState.RETURNED,
    Verdict.REJECT: ReportState.REJECTED,
}


class Reports(OneByOne):
    kind = "report"
    service = "campaign"
    table = FinalReport
    waits = ReportState.WAITING.value

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
