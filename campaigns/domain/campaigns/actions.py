"""What is done to campaigns. None of these commit."""

import secrets
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns import parts, states, versions
from campaigns.domain.campaigns.block_store import keep_agreed
from campaigns.domain.campaigns.clones import parents_of
from campaigns.domain.campaigns.history import CampaignEdit, CampaignMove
from campaigns.domain.campaigns.models import AllowedIntent, Campaign
from campaigns.domain.campaigns.states import ANNOUNCED, EDITABLE, Move, State
from campaigns.domain.regions.models import Province

SHORT_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def create(
    author: User,
    organization_id: int,
    slug: str,
    title: str,
    language: str = "fa",
    provinces: Collection[str] = (),
) -> Campaign:
    """A new draft with sensible defaults; `provinces` are the codes of those it helps from the start."""
    campaign = Campaign(
        slug=slug,
        short_code="".join(secrets.choice(SHORT_ALPHABET) for _ in range(6)),
        organization_id=organization_id,
        author=author,
        provinces=list(db.session.scalars(select(Province).where(Province.code.in_(provinces)))),
    )
    db.session.add(campaign)
    db.session.flush()
    parts.texts_of(campaign)[language].title = title
    db.session.add(AllowedIntent(campaign_id=campaign.id, intent="sadaqah", position=0))
    db.session.flush()
    return campaign


def note_marks(thing: Campaign | CampaignEdit, marks: Mapping[str, Any] | None) -> None:
    """Remembers what was taken out of fields. A field saved again with nothing to take out keeps what it had."""
    if marks:
        thing.hidden_marks = {**(thing.hidden_marks or {}), **marks}


def save_part(
    campaign: Campaign,
    part: parts.Part,
    data: parts.Data,
    author: User,
    marks: Mapping[str, Any] | None = None,
) -> CampaignEdit | None:
    """Writes a part of a draft, or lets the change wait for a moderator when the campaign is past drafting.

    Returns the waiting edit, None when the part was written or nothing changed. A newer edit of the same part by
    the organizer replaces the one still waiting or sent back. `marks`: what its form took out that nobody could see.
    """
    before = parts.read(campaign, part)
    if campaign.state in EDITABLE:
        if data != before:
            versions.keep(campaign, part, before, data, author)
        parts.write(campaign, part, data)
        note_marks(campaign, marks)
        return None
    if campaign.state == State.SUBMITTED:
        raise states.WrongMove("a campaign under review is not changed; withdraw it first")
    earlier = edits_of(campaign, part, states=("waiting", "returned"))
    for one in earlier:
        one.state, one.decided_at = "replaced", now()
    present = earlier[-1].data if earlier else before
    if data == before:
        if data != present:
            versions.keep(campaign, part, present, data, author)
        return None
    edit = CampaignEdit(campaign=campaign, author=author, part=part.value, data=data, base=before)
    for known in (*(waiting.hidden_marks for waiting in earlier), marks):
        note_marks(edit, known)
    db.session.add(edit)
    db.session.flush()
    versions.keep(campaign, part, present, data, author, edit)
    return edit


def as_edited(campaign: Campaign, part: parts.Part) -> parts.Data:
    """What the editor opens with: the newest change that waits or was sent back, else what stands."""
    open_edits = edits_of(campaign, part, states=("waiting", "returned"))
    return open_edits[-1].data if open_edits else parts.read(campaign, part)


def waiting_edits(campaign: Campaign, part: parts.Part | None = None) -> list[CampaignEdit]:
    """Edits of this campaign that nobody has decided yet, oldest first."""
    return edits_of(campaign, part, states=("waiting",))


def edits_of(
    campaign: Campaign, part: parts.Part | None = None, *, states: Collection[str]
) -> list[CampaignEdit]:
    """Edits of this campaign in these states, oldest first."""
    query = select(CampaignEdit).where(
        CampaignEdit.campaign_id == campaign.id, CampaignEdit.state.in_(states)
    )
    if part is not None:
        query = query.where(CampaignEdit.part == part.value)
    return list(db.session.scalars(query.order_by(CampaignEdit.id)))


def apply_edit(edit: CampaignEdit) -> None:
    """Writes an approved edit into the campaign's page."""
    parts.write(edit.campaign, parts.Part(edit.part), edit.data)
    edit.state, edit.decided_at = "approved", now()
    changed(edit.campaign)


def move(campaign: Campaign, step: Move, actor: User | None, reason: str = "") -> None:
    """Walks the state table, notes who and why. Raises `states.WrongMove`; the row is locked by its update."""
    before = State(campaign.state)
    after = states.after(before, step)
    moment = now()
    campaign.state, campaign.state_reason, campaign.state_changed_at = after, reason, moment
    if after is State.SUBMITTED:
        campaign.submitted_at = moment
    if step is Move.APPROVE:
        campaign.approved_at = moment
    if step is Move.REOPEN:
        campaign.approved_at = None
    db.session.add(
        CampaignMove(
            campaign_id=campaign.id,
            actor_id=actor.id if actor else None,
            before=before.value,
            after=after.value,
            reason=reason,
            moved_at=moment,
        )
    )
    db.session.flush()
    if after in {State.ENDED, State.CANCELLED} and before in {State.LIVE, State.PAUSED, State.FROZEN}:
        keep_agreed(campaign.id)
    if ANNOUNCED & {before, after}:
        changed(campaign)
    if before is State.LIVE:
        stamps.bump(stamps.of_halt(campaign.id))


def approve(campaign: Campaign, actor: User) -> None:
    """Approves a submitted campaign; it goes live at once when its first day has come."""
    move(campaign, Move.APPROVE, actor)
    start_if_due(campaign, tehran_day(now()))


def start_if_due(campaign: Campaign, today: date) -> bool:
    """Sets an approved campaign live on its first day."""
    due = campaign.state == State.APPROVED and (campaign.starts_on is None or campaign.starts_on <= today)
    if due:
        move(campaign, Move.START, None)
    return due


def follow_calendar() -> int:
    """Starts and ends campaigns by their Tehran days; the last day counts whole. Returns how many moved."""
    today = tehran_day(now())
    moved = 0
    for campaign in db.session.scalars(select(Campaign).where(Campaign.state == State.APPROVED.value)):
        moved += start_if_due(campaign, today)
    over = select(Campaign).where(
        Campaign.state.in_((State.LIVE.value, State.PAUSED.value)), Campaign.ends_on < today
    )
    for campaign in db.session.scalars(over):
        move(campaign, Move.END, None)
        moved += 1
    return moved


def changed(campaign: Campaign) -> None:
    """Something the public sees of this campaign has changed; the page of a national one shows its provinces too."""
    shown = map(stamps.of_campaign, (campaign.id, *parents_of([campaign.id])))
    stamps.bump(*shown, stamps.PORTAL)
