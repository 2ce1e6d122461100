"""What moderators wrote to the author of a change or of news, for the desk: not everybody gets letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from campaigns.base.clock import now
from campaigns.domain.campaigns.actions import edits_of
from campaigns.domain.campaigns.history import CampaignEdit
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.moderation.queries import words_to_author
from campaigns.domain.moderation.verdicts import REASON_LETTERS, Reason

REJECTED_SHOWN = timedelta(days=30)


@dataclass(frozen=True)
class Words:
    """`reason` is a sentence; `note` is what the moderator typed."""

    reason: str
    note: str


def words_about(kind: str, things: Sequence[Any]) -> dict[int, Words]:
    """By row id of these edits or updates: why they were sent back or rejected."""
    found = words_to_author(kind, [thing.id for thing in things])
    return {
        key: Words(str(REASON_LETTERS.get(Reason(row.reason_code), "")), row.note)
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
