"""Problems that people reported, before a moderator: asked back, closed as right, closed as unfounded."""

from typing import Any

from campaigns.domain.accounts.models import User
from campaigns.domain.moderation.contract import CannotApply, CannotUndo, Item
from campaigns.domain.moderation.service import PROBLEM
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.moderation.waiting import OneByOne
from campaigns.domain.problems import actions
from campaigns.domain.problems.models import Problem
from campaigns.domain.problems.states import Move, Refused

STEPS = {Verdict.APPROVE: Move.UPHOLD, Verdict.RETURN: Move.ASK, Verdict.REJECT: Move.DISMISS}


class Problems(OneByOne):
    """The author of the campaign does not decide, and an appeal is for another person than before."""

    kind = "problem"
    table = Problem
    signs = ("state", "waits_since")
    service = PROBLEM

    def content(self, item: Item) -> Any:
        """Who looks into it is nothing that was reported."""
        return [item.thing.words, item.thing.state, item.thing.round]

    def round(self, item: Item) -> int:
        return int(item.thing.round)

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        try:
            actions.decide(item.thing, STEPS[verdict], actor, note)
        except Refused as refusal:
            raise CannotApply("decided" if refusal.why == "state" else refusal.why) from None

    def undo(self, item: Item, verdict: Verdict, actor: User) -> None:
        try:
            actions.reopen(item.thing, actor)
        except Refused:
            raise CannotUndo from None

    def item(self, row: Any) -> Item:
        return Item(self.kind, row.public_id, row.campaign, None, row.waits_since, row)
