"""What organizers write to supporters: messages to all of them, and thanks in own words to one."""

from campaigns.base.clock import now
from campaigns.domain.accounts.models import User
from campaigns.domain.moderation.contract import CannotUndo, Item
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.moderation.waiting import OneByOne
from campaigns.domain.supporters.mailings import has_begun
from campaigns.domain.supporters.messages import free_from
from campaigns.domain.supporters.models import GiftThanks, MessageState, SupporterMessage, ThanksState


class Letters(OneByOne):
    kind = "letter"
    table = SupporterMessage
    waits = MessageState.WAITING.value

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        message: SupporterMessage = item.thing
        states = {
            Verdict.APPROVE: MessageState.APPROVED,
            Verdict.RETURN: MessageState.RETURNED,
            Verdict.REJECT: MessageState.REJECTED,
        }
        message.state = states[verdict].value
        message.approved_at = now() if verdict is Verdict.APPROVE else None

    def undo(self, item: Item, verdict: Verdict, actor: User) -> None:
        message: SupporterMessage = item.thing
        replaced = verdict is not Verdict.APPROVE and free_from(item.campaign.id) is not None
        if message.state == MessageState.WAITING or replaced or has_begun(message.id):
            raise CannotUndo
        message.state, message.approved_at = MessageState.WAITING.value, None


class ThanksInOwnWords(OneByOne):
    kind = "thanks"
    table = GiftThanks
    waits = ThanksState.WAITING.value

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        thanks: GiftThanks = item.thing
        states = {
            Verdict.APPROVE: ThanksState.SHOWN,
            Verdict.RETURN: ThanksState.RETURNED,
            Verdict.REJECT: ThanksState.REJECTED,
        }
        thanks.state = states[verdict].value
        thanks.shown_at = now() if verdict is Verdict.APPROVE else None

    def undo(self, item: Item, verdict: Verdict, actor: User) -> None:
        thanks: GiftThanks = item.thing
        if thanks.state == ThanksState.WAITING or thanks.told_at is not None or thanks.template:
            raise CannotUndo
        thanks.state, thanks.shown_at = ThanksState.WAITING.value, None
