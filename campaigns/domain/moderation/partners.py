"""Partners before a moderator: what is said of an organization, and memoranda of understanding with it."""

from typing import Any

from sqlalchemy import func, select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.moderation.contract import CannotApply, CannotUndo, Item
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.moderation.waiting import OneByOne
from campaigns.domain.partners import actions, profiles
from campaigns.domain.partners.models import Memorandum, MemorandumMove, PartnerProfile
from campaigns.domain.partners.queries import by_public_id, place_of, where_is
from campaigns.domain.partners.states import Move, State

VERDICTS = (Verdict.APPROVE, Verdict.RETURN, Verdict.REJECT)


class Profiles(OneByOne):
    """Versions of what is said of an organization; the one shown before stays until the new one is approved."""

    kind = "partner"
    table = PartnerProfile
    verdicts = VERDICTS

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        if verdict is Verdict.APPROVE:
            profiles.show(item.thing)
        else:
            item.thing.state = "returned" if verdict is Verdict.RETURN else "rejected"

    def undo(self, item: Item, verdict: Verdict, actor: User) -> None:
        newest = profiles.newest(item.thing.organization_id)
        if newest is None or newest.id != item.thing.id or item.thing.state == "replaced":
            raise CannotUndo
        if item.thing.state == "shown":
            profiles.unshow(item.thing)
        else:
            item.thing.state = "waiting"

    def item(self, row: PartnerProfile) -> Item:
        place = place_of(row.organization)
        names = (row.organization.name_fa, row.organization.name_en)
        return Item(self.kind, row.public_id, None, row.author_id, row.created_at, row, place, names)


class Memoranda(OneByOne):
    """Memoranda with their papers: the copy for everybody is open once they are approved."""

    kind = "memorandum"
    table = Memorandum
    waits = State.WAITING.value
    service = "campaign"
    verdicts = VERDICTS

    def find(self, public_id: str) -> Item | None:
        row = by_public_id(public_id, lock=True)
        return self.item(row) if row and row.submitted_at else None

    def round(self, item: Item) -> int:
        """How often it was sent for review (a decision taken back does not start a new round)."""
        sent = select(func.count()).where(
            MemorandumMove.memorandum_id == item.thing.id,
            MemorandumMove.before == State.DRAFT.value,
            MemorandumMove.after == State.WAITING.value,
            MemorandumMove.reason != "undo",
        )
        return db.session.scalar(sent) or 1

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        if verdict is Verdict.APPROVE:
            if "over" in actions.missing(item.thing):
                raise CannotApply("expired")
            actions.approve(item.thing, actor)
        else:
            step = Move.RETURN if verdict is Verdict.RETURN else Move.REFUSE
            actions.move(item.thing, step, actor, note)

    def undo(self, item: Item, verdict: Verdict, actor: User) -> None:
        expected: dict[Verdict, set[Any]] = {
            Verdict.APPROVE: {State.AGREED, State.IN_FORCE},
            Verdict.RETURN: {State.DRAFT},
            Verdict.REJECT: {State.REFUSED},
        }
        if State(item.thing.state) not in expected[verdict]:
            raise CannotUndo
        actions.move(item.thing, Move.REOPEN, actor, "undo")

    def item(self, row: Memorandum) -> Item:
        since, names = row.submitted_at or row.created_at, (row.subject_fa, row.subject_en)
        return Item(self.kind, row.public_id, None, row.author_id, since, row, where_is(row), names)
