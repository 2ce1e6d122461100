"""What moderators wrote to the author of a change or of news, for the desk: not everybody gets letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_login import current_user

from campaigns.base.clock import now
from campaigns.domain.campaigns.actions import edits_of
from campaigns.domain.campaigns.history import CampaignEdit
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.moderation.queries import words_to_author
from campaigns.domain.moderation.reasons import texts_in
from campaigns.domain.moderation.verdicts import Reason
from campaigns.web.locale import language

REJECTED_SHOWN = timedelta(days=30)


@dataclass(frozen=True)
class Words:
    """`reason` is a sentence; `note` is what the moderator typed; `appeal` names the decision to its author."""

    reason: str
    note: str
    appeal: str = ""


def words_about(kind: str, things: Sequence[Any]) -> dict[int, Words]:
    """By row id of these edits or updates: why they were sent back or rejected."""
    found = words_to_author(kind, [thing.id for thing in things])
    texts = texts_in(language().code) if found else {}
    mine = {thing.id for thing in things if thing.author_id == current_user.id}
    return {
        key: Words(texts[Reason(row.reason_code)], row.note, row.public_id if key in mine else "")
        for key, row in found.items()
    }


def newest_edit(campaign: Campaign, part: Part) -> CampaignEdit | None:
    """The edit of a part that waits or was sent back; there is one at most."""
    found = edits_of(campaign, part, states=("waiting", "returned"))
    return found[-1] if found else None


def shown_edits(campaign: Campaign) -> list[CampaignEdit]:
    """What the desk tells of changes: those that wait, were sent back, or were rejected lately."""
    youngest = now() - REJECTED_SHOWN
    found = edits_of(campaign, states=("waiting", "returned", "rejected"))
    return [
        edit
        for edit in found
        if edit.state != "rejected" or (edit.decided_at is not None and edit.decided_at > youngest)
    ]
