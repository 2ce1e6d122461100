"""Needs and places of public campaigns, each change of them read by a moderator; an import is one thing."""

from collections.abc import Sequence

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.goods import need_edits
from campaigns.domain.goods.need_data import TooFew
from campaigns.domain.goods.need_models import EditState, NeedEdit
from campaigns.domain.moderation.contract import CannotApply, CannotUndo, Item
from campaigns.domain.moderation.verdicts import Verdict


class Needs:
    kind = "need"
    verdicts = (Verdict.APPROVE, Verdict.RETURN, Verdict.REJECT)

    def waiting(self) -> Sequence[Item]:
        query = select(NeedEdit).where(NeedEdit.state == EditState.WAITING.value)
        return [self._item(edit) for edit in db.session.scalars(query.order_by(NeedEdit.created_at))]

    def find(self, public_id: str) -> Item | None:
        query = select(NeedEdit).where(NeedEdit.public_id == public_id)
        edit = db.session.scalar(query.with_for_update(of=NeedEdit))
        return self._item(edit) if edit else None

    def is_waiting(self, item: Item) -> bool:
        return bool(item.thing.state == EditState.WAITING)

    def round(self, item: Item) -> int:
        return 1

    def approvals_needed(self, item: Item) -> int:
        return 1

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

    def _item(self, edit: NeedEdit) -> Item:
        return Item(self.kind, edit.public_id, edit.campaign, edit.author_id, edit.created_at, edit)
