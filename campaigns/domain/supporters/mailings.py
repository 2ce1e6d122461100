"""The worker's part: each update and each message goes once to everybody who followed when it began.

A batch of letters and the place it reached are one transaction: whoever is killed has written all of them or none, and
of two workers at the same batch one finds it taken. The outbox refuses a second letter for the same follower besides.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, exists, func, select, update

from campaigns.base.clock import now
from campaigns.base.conflicts import insert
from campaigns.base.extensions import db
from campaigns.domain.campaigns.history import CampaignUpdate
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import was_public
from campaigns.domain.notices.letters import UNDO_PAUSE
from campaigns.domain.supporters import letters
from campaigns.domain.supporters.letters import Link
from campaigns.domain.supporters.models import (
    Audience,
    Follower,
    FollowState,
    Mailing,
    MessageState,
    SupporterMessage,
)

BATCH = 100
NEWS_FOR = timedelta(days=7)
"""An update that nobody was told of for so long is no news any more."""


def begin_mailings() -> int:
    """Begins what moderators have agreed to, once they can no longer take it back: how many. Does not commit."""
    begun = 0
    for update_id, campaign_id in db.session.execute(_new_updates()).all():
        begun += _begin(campaign_id, Audience.ALL.value, update_id=update_id)
    for message_id, campaign_id, audience in db.session.execute(_new_messages()).all():
        begun += _begin(campaign_id, audience, message_id=message_id)
    return begun


def write_letters(link: Link, batches: int = 5) -> int:
    """Writes the letters of some batches. Returns how many were written. Commits after each batch."""
    written = 0
    for _turn in range(batches):
        mailing = db.session.scalar(
            select(Mailing).where(Mailing.done_at.is_(None)).order_by(Mailing.id).limit(1)
        )
        if mailing is None:
            break
        written += _batch(mailing, link)
        db.session.commit()
    return written


def has_begun(message_id: int) -> bool:
    """Whether letters of this message are on their way: then nothing takes it back."""
    return bool(db.session.scalar(select(exists().where(Mailing.message_id == message_id))))


def _begin(campaign_id: int, audience: str, **about: int) -> bool:
    """Once, whoever else begins it at the same moment."""
    until = db.session.scalar(select(func.max(Follower.id)).where(Follower.campaign_id == campaign_id))
    row = insert(Mailing).values(campaign_id=campaign_id, audience=audience, until_id=until or 0, **about)
    made = row.on_conflict_do_nothing(index_elements=list(about)).returning(Mailing.id)
    return db.session.scalar(made) is not None


def _batch(mailing: Mailing, link: Link) -> int:
    """The next followers of a mailing. Nothing is written when another worker took them."""
    campaign = db.session.get_one(Campaign, mailing.campaign_id)
    followers = db.session.scalars(_next(mailing)).all()
    if not _take(mailing, followers):
        return 0
    names, written = letters.titles(campaign.id), 0
    news = db.session.get(CampaignUpdate, mailing.update_id) if mailing.update_id else None
    message = db.session.get(SupporterMessage, mailing.message_id) if mailing.message_id else None
    for follower in followers:
        title = letters.title_in(names, follower.language, campaign)
        if news is not None:
            written += letters.news(follower, news, campaign, title, link)
        elif message is not None:
            written += letters.message(follower, message, campaign, title, link)
    mailing.letters += written
    return written


def _take(mailing: Mailing, followers: Sequence[Follower]) -> bool:
    """Moves the mailing on, or ends it where nobody is left; False: somebody else did."""
    values: dict[str, Any] = {"reached_id": followers[-1].id} if followers else {"done_at": now()}
    done = db.session.execute(
        update(Mailing)
        .where(Mailing.id == mailing.id, Mailing.reached_id == mailing.reached_id, Mailing.done_at.is_(None))
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(mailing)
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def _next(mailing: Mailing) -> Select[Follower]:
    query = select(Follower).where(
        Follower.campaign_id == mailing.campaign_id,
        Follower.state == FollowState.FOLLOWS.value,
        Follower.agreed_at <= mailing.began_at,
        Follower.id > mailing.reached_id,
        Follower.id <= mailing.until_id,
    )
    if mailing.audience == Audience.DONORS:
        query = query.where(Follower.gift_id.is_not(None))
    return query.order_by(Follower.id).limit(BATCH).with_for_update(of=Follower)


def _new_updates() -> Select[int, int]:
    moment = now()
    return (
        select(CampaignUpdate.id, CampaignUpdate.campaign_id)
        .join(Campaign, Campaign.id == CampaignUpdate.campaign_id)
        .where(
            CampaignUpdate.state == "shown",
            CampaignUpdate.shown_at.between(moment - NEWS_FOR, moment - UNDO_PAUSE),
            was_public(),
            ~exists().where(Mailing.update_id == CampaignUpdate.id),
        )
        .order_by(CampaignUpdate.id)
        .limit(BATCH)
    )


def _new_messages() -> Select[int, int, str]:
    return (
        select(SupporterMessage.id, SupporterMessage.campaign_id, SupporterMessage.audience)
        .join(Campaign, Campaign.id == SupporterMessage.campaign_id)
        .where(
            SupporterMessage.state == MessageState.APPROVED.value,
            SupporterMessage.approved_at < now() - UNDO_PAUSE,
            was_public(),
            ~exists().where(Mailing.message_id == SupporterMessage.id),
        )
        .order_by(SupporterMessage.id)
        .limit(BATCH)
    )
