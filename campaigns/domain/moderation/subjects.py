"""The things that wait for a moderator, each behind the same few questions. A new kind is one entry here."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns import actions as campaign_actions
from campaigns.domain.campaigns import parts
from campaigns.domain.campaigns.history import CampaignEdit, CampaignMove, CampaignUpdate
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import approved_before, slug_taken
from campaigns.domain.campaigns.readiness import is_past
from campaigns.domain.campaigns.states import Move, State
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.moderation.contract import CannotApply, CannotUndo, Item, Subject
from campaigns.domain.moderation.deliveries import Deliveries
from campaigns.domain.moderation.needs import Needs
from campaigns.domain.moderation.partners import Memoranda, Profiles
from campaigns.domain.moderation.reports import Reports
from campaigns.domain.moderation.roles import Roles
from campaigns.domain.moderation.shops import Shops
from campaigns.domain.moderation.supporters import Letters, ThanksInOwnWords
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.moderation.waiting import OneByOne

__all__ = ("SUBJECTS", "CannotApply", "CannotUndo", "Item", "Subject")


class Campaigns:
    kind = "campaign"
    verdicts = (Verdict.APPROVE, Verdict.RETURN, Verdict.REJECT)

    def waiting(self) -> Sequence[Item]:
        query = (
            select(Campaign).where(Campaign.state == State.SUBMITTED.value).order_by(Campaign.submitted_at)
        )
        return [self._item(campaign) for campaign in db.session.scalars(query)]

    def find(self, public_id: str) -> Item | None:
        query = select(Campaign).where(Campaign.public_id == public_id, Campaign.submitted_at.is_not(None))
        campaign = db.session.scalar(query.with_for_update(of=Campaign))
        return self._item(campaign) if campaign else None

    def is_waiting(self, item: Item) -> bool:
        return bool(item.thing.state == State.SUBMITTED)

    def round(self, item: Item) -> int:
        """How often it was sent for review (a decision taken back does not start a new round)."""
        sent = select(func.count()).where(
            CampaignMove.campaign_id == item.thing.id,
            CampaignMove.after == State.SUBMITTED.value,
            CampaignMove.before.in_((State.DRAFT.value, State.NEEDS_WORK.value)),
            CampaignMove.reason != "undo",
        )
        return db.session.scalar(sent) or 1

    def approvals_needed(self, item: Item) -> int:
        return 1 if approved_before(item.thing.author_id, item.thing.id) else 2

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        if verdict is Verdict.APPROVE:
            if is_past(item.thing):
                raise CannotApply("over")
            campaign_actions.approve(item.thing, actor)
        else:
            step = Move.RETURN if verdict is Verdict.RETURN else Move.CANCEL
            campaign_actions.move(item.thing, step, actor, note)

    def undo(self, item: Item, verdict: Verdict, actor: User) -> None:
        expected = {
            Verdict.APPROVE: {State.APPROVED, State.LIVE, State.SUBMITTED},
            Verdict.RETURN: {State.NEEDS_WORK},
            Verdict.REJECT: {State.CANCELLED},
        }
        if State(item.thing.state) not in expected[verdict]:
            raise CannotUndo
        if item.thing.state != State.SUBMITTED:
            campaign_actions.move(item.thing, Move.REOPEN, actor, "undo")

    def _item(self, campaign: Campaign) -> Item:
        since = campaign.submitted_at or campaign.created_at
        return Item(self.kind, campaign.public_id, campaign, campaign.author_id, since, campaign)


class Edits(OneByOne):
    kind = "edit"
    table = CampaignEdit

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        if verdict is Verdict.APPROVE:
            if slug_taken(item.thing.data.get("slug", ""), by_other_than=item.campaign.id):
                raise CannotApply("address")
            campaign_actions.apply_edit(item.thing)
        else:
            item.thing.state = "returned" if verdict is Verdict.RETURN else "rejected"
            item.thing.decided_at = now()

    def undo(self, item: Item, verdict: Verdict, actor: User) -> None:
        edit: CampaignEdit = item.thing
        part = parts.Part(edit.part)
        if edit.state == "approved":
            if parts.read(edit.campaign, part) != edit.data:
                raise CannotUndo
            parts.write(edit.campaign, part, edit.base)
            campaign_actions.changed(edit.campaign)
        elif edit.state == "replaced" or campaign_actions.waiting_edits(edit.campaign, part):
            raise CannotUndo
        edit.state, edit.decided_at = "waiting", None


class Updates(OneByOne):
    kind = "update"
    table = CampaignUpdate

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        states = {Verdict.APPROVE: "shown", Verdict.RETURN: "returned", Verdict.REJECT: "rejected"}
        item.thing.state = states[verdict]
        if verdict is Verdict.APPROVE:
            item.thing.shown_at = now()
            campaign_actions.changed(item.campaign)

    def undo(self, item: Item, verdict: Verdict, actor: User) -> None:
        item.thing.state, item.thing.shown_at = "waiting", None
        campaign_actions.changed(item.campaign)


class Messages:
    """Messages of supporters. They wait once the gift has been received; unpaid ones reach nobody."""

    kind = "message"
    verdicts = (Verdict.APPROVE, Verdict.REJECT)

    def waiting(self) -> Sequence[Item]:
        query = (
            select(Contribution)
            .where(Contribution.message_state == "waiting", Contribution.received_at.is_not(None))
            .order_by(Contribution.received_at)
            .limit(500)
        )
        return [self._item(row) for row in db.session.scalars(query)]

    def find(self, public_id: str) -> Item | None:
        row = _locked(Contribution, Contribution.public_id == public_id, Contribution.message_state != "none")
        return self._item(row) if row else None

    def is_waiting(self, item: Item) -> bool:
        return item.thing.message_state == "waiting" and item.thing.received_at is not None

    def round(self, item: Item) -> int:
        return 1

    def approvals_needed(self, item: Item) -> int:
        return 1

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        item.thing.message_state = "shown" if verdict is Verdict.APPROVE else "rejected"
        campaign_actions.changed(item.campaign)

    def undo(self, item: Item, verdict: Verdict, actor: User) -> None:
        item.thing.message_state = "waiting"
        campaign_actions.changed(item.campaign)

    def _item(self, row: Contribution) -> Item:
        since = row.received_at or row.pledged_at
        return Item(self.kind, row.public_id, row.campaign, None, since, row)


SUBJECTS: dict[str, Subject] = {
    subject.kind: subject
    for subject in (
        Campaigns(),
        Edits(),
        Updates(),
        Messages(),
        Needs(),
        Roles(),
        Profiles(),
        Memoranda(),
        Deliveries(),
        Reports(),
        Shops(),
        Letters(),
        ThanksInOwnWords(),
    )
}


def _locked(model: Any, *conditions: Any) -> Any:
    return db.session.scalar(select(model).where(*conditions).with_for_update(of=model))
