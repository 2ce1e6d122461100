"""Messages to supporters: written by an organizer, read by a moderator, sent once by the worker. None commit."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.personal import personal_number
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import PUBLIC
from campaigns.domain.supporters.following import count
from campaigns.domain.supporters.models import Audience, Mailing, MessageState, SupporterMessage

PAUSE = timedelta(days=30)
"""Between two messages of a campaign; updates come besides, because people asked for them."""
ON_ITS_WAY = (MessageState.WAITING.value, MessageState.APPROVED.value)


class NotSent(Exception):
    """`why`: `closed` campaign, `nobody` to write to, `soon` after the last one, `personal`: somebody's number."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def write(
    campaign: Campaign,
    by: User,
    audience: Audience,
    said: tuple[str, str, str],
    marks: Mapping[str, Any] | None = None,
    again: SupporterMessage | None = None,
) -> SupporterMessage:
    """A message that waits for a moderator. `said`: subject, body and language; `again`: one that was sent back.

    Raises `NotSent`. The campaign's row is to be held, so that two people do not write at once.
    """
    reach = count(campaign.id)[audience]
    if campaign.approved_at is None or campaign.state not in PUBLIC:
        raise NotSent("closed")
    if free_from(campaign.id) is not None:
        raise NotSent("soon")
    if not reach:
        raise NotSent("nobody")
    if personal_number(said[1]):
        raise NotSent("personal")
    message = again or SupporterMessage(campaign_id=campaign.id)
    message.author_id, message.audience, message.reach = by.id, audience.value, reach
    message.subject, message.body, message.language = said
    message.hidden_marks = dict(marks or {}) or None
    message.state, message.created_at = MessageState.WAITING.value, now()
    db.session.add(message)
    db.session.flush()
    return message


def free_from(campaign_id: int) -> datetime | None:
    """When the next message may be written, while one is on its way or was sent lately; None: now."""
    newest = db.session.scalar(
        select(func.max(func.coalesce(SupporterMessage.approved_at, SupporterMessage.created_at))).where(
            SupporterMessage.campaign_id == campaign_id, SupporterMessage.state.in_(ON_ITS_WAY)
        )
    )
    return None if newest is None or newest + PAUSE <= now() else newest + PAUSE


def written(campaign_id: int) -> Sequence[tuple[SupporterMessage, Mailing | None]]:
    """Every message of a campaign with what became of it, newest first."""
    query = (
        select(SupporterMessage, Mailing)
        .outerjoin(Mailing, Mailing.message_id == SupporterMessage.id)
        .where(SupporterMessage.campaign_id == campaign_id)
        .order_by(SupporterMessage.id.desc())
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def returned(campaign_id: int, public_id: str) -> SupporterMessage | None:
    """A message of this campaign that a moderator has sent back to be mended."""
    return db.session.scalar(
        select(SupporterMessage).where(
            SupporterMessage.campaign_id == campaign_id,
            SupporterMessage.public_id == public_id,
            SupporterMessage.state == MessageState.RETURNED.value,
        )
    )
