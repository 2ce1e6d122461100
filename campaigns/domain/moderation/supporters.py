"""What organizers write to supporters: messages to all of them, and thanks in own words to one."""

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from campaigns.base.clock import now
from campaigns.domain.accounts.models import User
from campaigns.domain.moderation.contract import CannotUndo, Item
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.moderation.waiting import OneByOne
from campaigns.domain.supporters.mailings import has_begun
from campaigns.domain.supporters.messages import free_from
from campaigns.domain.supporters.models import GiftThanks, MessageState, SupporterMessage, ThanksState


class _Written(OneByOne):
    """`states`: what each verdict makes of it; `moment`: the column that keeps when it was agreed to."""

    states: ClassVar[Mapping[Verdict, StrEnum]]
    moment: str

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        item.thing.state = self.states[verdict].value
        setattr(item.thing, self.moment, now() if verdict is Verdict.APPROVE else None)

    def undo(self, item: Item, verdict: Verdict, actor: User) -> None:
        if item.thing.state == self.waits or self._has_gone_on(item, verdict):
            raise CannotUndo
        item.thing.state = self.waits
        setattr(item.thing, self.moment, None)

    def _has_gone_on(self, item: Item, verdict: Verdict) -> bool:
        raise NotImplementedError


class Letters(_Written):
    kind = "letter"
    table = SupporterMessage
    waits = MessageState.WAITING.value
    moment = "approved_at"
    states: ClassVar = {
        Verdict.APPROVE: MessageState.APPROVED,
        Verdict.RETURN: MessageState.RETURNED,
        Verdict.REJECT: MessageState.REJECTED,
    }

    def _has_gone_on(self, item: Item, verdict: Verdict) -> bool:
        replaced = verdict is not Verdict.APPROVE and free_from(item.campaign.id) is not None
        return replaced or has_begun(item.thing.id)


class ThanksInOwnWords(_Written):
    kind = "thanks"
    table = GiftThanks
    waits = ThanksState.WAITING.value
    moment = "shown_at"
    states: ClassVar = {
        Verdict.APPROVE: ThanksState.SHOWN,
        Verdict.RETURN: ThanksState.RETURNED,
        Verdict.REJECT: ThanksState.REJECTED,
    }

    def _has_gone_on(self, item: Item, verdict: Verdict) -> bool:
        return item.thing.told_at is not None or bool(item.thing.template)
