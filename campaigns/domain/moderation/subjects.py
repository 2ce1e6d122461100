"""The things that wait for a moderator, each behind the same few questions. A new kind is one entry here."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

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
from campaigns.domain.families import following
from campaigns.domain.moderation.appeals import Appeals
from campaigns.domain.moderation.contract import CannotApply, CannotUndo, Item, Subject
from campaigns.domain.moderation.deliveries import Deliveries
from campaigns.domain.moderation.goals import LARGEST_JUMP, goal_jump
from campaigns.domain.moderation.needs import Needs
from campaigns.domain.moderation.partners import Memoranda, Profiles
from campaigns.domain.moderation.problems import Problems
from campaigns.domain.moderation.reports import Reports
from campaigns.domain.moderation.roles import Roles
from campaigns.domain.moderation.shops import Shops
from campaigns.domain.moderation.supporters import Letters, ThanksInOwnWords
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.moderation.waiting import OneByOne

__all__ = ("SUBJECTS", "CannotApply", "CannotUndo", "Item", "Subject")


class Campaigns(OneByOne):
    kind = "campaign"
    table = Campaign
    waits = State.SUBMITTED.value
    service = "campaign"

    def find(self, public_id: str) -> Item | None:
        query = select(Campaign).where(Campaign.public_id == public_id, Campaign.submitted_at.is_not(None))
        campaign = db.session.scalar(query.with_for_update(of=Campaign))
        return self.item(campaign) if campaign else None

    def content(self, item: Item) -> Any:
        return {part.value: parts.read(item.campaign, part) for part in parts.Part}

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
        """The words of a province that follows have been read by others with the national campaign."""
        known = approved_before(item.thing.author_id, item.thing.id)
        return 1 if known or following.says_the_approved(item.thing) else 2

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        if verdict is Verdict.APPROVE:
            if is_past(item.thing):
                raise CannotApply("over")
            campaign_actions.approve(item.thing, actor)
            following.catch_up(item.thing)
            following.spread(item.thing)
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

    def item(self, campaign: Campaign) -> Item:
        since = campaign.submitted_at or campaign.created_at
        return Item(self.kind, campaign.public_id, campaign, campaign.author_id, since, campaign)


class Edits(OneByOne):
    """Changes of public campaigns. One that moves the goal by more than a fifth needs two people."""

    kind = "edit"
    table = CampaignEdit

    def approvals_needed(self, item: Item) -> int:
        return 2 if goal_jump(item.thing) > LARGEST_JUMP else 1

    def content(self, item: Item) -> Any:
        """With what the page says at present: the change would take its place."""
        return [item.thing.data, parts.read(item.campaign, parts.Part(item.thing.part))]

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

    def item(self, row: CampaignUpdate) -> Item:
        words = (row.title, "")
        return Item(self.kind, row.public_id, row.campaign, row.author_id, row.created_at, row, titles=words)


class Messages(OneByOne):
    """Messages of supporters. They wait once the gift has been received; unpaid ones reach nobody."""

    kind = "message"
    table = Contribution
    service = "message"
    signs = ("message_state", "received_at")
    verdicts = (Verdict.APPROVE, Verdict.REJECT)

    def condition(self) -> ColumnElement[bool]:
        return and_(Contribution.message_state == "waiting", Contribution.received_at.is_not(None))

    def waits_now(self, row: Contribution) -> bool:
        return row.message_state == "waiting" and row.received_at is not None

    def find(self, public_id: str) -> Item | None:
        row = _locked(Contribution, Contribution.public_id == public_id, Contribution.message_state != "none")
        return self.item(row) if row else None

    def content(self, item: Item) -> Any:
        return [item.thing.message, item.thing.donor_name, item.thing.hide_name]

    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None:
        item.thing.message_state = "shown" if verdict is Verdict.APPROVE else "rejected"
        campaign_actions.changed(item.campaign)

    def undo(self, item: Item, verdict: Verdict, actor: User) -> None:
        item.thing.message_state = "waiting"
        campaign_actions.changed(item.campaign)

    def item(self, row: Contribution) -> Item:
        since, words = row.received_at or row.pledged_at, (row.message, "")
        return Item(self.kind, row.public_id, row.campaign, None, since, row, titles=words)


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
        Problems(),
        Letters(),
        ThanksInOwnWords(),
    )
}
SUBJECTS["appeal"] = Appeals(SUBJECTS)


def _locked(model: Any, *conditions: Any) -> Any:
    return db.session.scalar(select(model).where(*conditions).with_for_update(of=model))
