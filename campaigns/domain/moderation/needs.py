"""Needs and places of public campaigns, each change of them read by a moderator; an import is one thing."""

from campaigns.base.clock import now
from campaigns.domain.accounts.models import User
from campaigns.domain.goods import need_edits
from campaigns.domain.goods.need_data import TooFew
from campaigns.domain.goods.need_models import EditState, NeedEdit
from campaigns.domain.moderation.contract import CannotApply, CannotUndo, Item
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.moderation.waiting import OneByOne


class Needs(OneByOne):
    kind = "need"
    table = NeedEdit
    waits = EditState.WAITING.value

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        if verdict is Verdict.APPROVE:
            try:
                need_edits.apply(item.thing)
            except TooFew:
                raise CannotApply("promised") from None
        else:
            ended = EditState.RETURNED if verdict is Verdict.RETURN else EditState.REJECTED
            item.thing.state, item.thing.decided_at = ended.value, now()

    def undo(self, item: Item, verdict: Verdict, actor: User) -> None:
        edit: NeedEdit = item.thing
        if edit.state == EditState.WITHDRAWN or need_edits.replaced(edit):
            raise CannotUndo
        if edit.state == EditState.APPROVED and not need_edits.take_back(edit):
            raise CannotUndo
        edit.state, edit.decided_at = EditState.WAITING.value, None
