"""Links that show a draft to colleagues who have no account: made for some days, withdrawn at any time."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.tokens import TokenInvalid, read, sign
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.draft_models import DraftLink
from campaigns.domain.campaigns.models import Campaign

PURPOSE = "draft"
DAYS = (1, 3, 7, 14, 30)


def make(campaign: Campaign, author: User, days: int) -> DraftLink:
    """A link that opens the draft for so many days. Does not commit."""
    link = DraftLink(campaign_id=campaign.id, author_id=author.id, expires_at=now() + timedelta(days=days))
    db.session.add(link)
    db.session.flush()
    return link


def withdraw(link: DraftLink) -> None:
    """From now on it opens nothing."""
    link.withdrawn_at = link.withdrawn_at or now()


def token_of(link: DraftLink) -> str:
    """The signed word of its address. Each call may give another; all of them open the same draft."""
    return sign(PURPOSE, link.public_id)


def opened_by(token: str) -> DraftLink | None:
    """The link a signed word belongs to, over or not; None when it is not ours."""
    try:
        public_id = read(PURPOSE, token)
    except TokenInvalid:
        return None
    return db.session.scalar(select(DraftLink).where(DraftLink.public_id == public_id))


def is_open(link: DraftLink) -> bool:
    return link.withdrawn_at is None and link.expires_at > now()


def links_of(campaign_id: int) -> Sequence[DraftLink]:
    """Those that still open the draft, newest first."""
    query = select(DraftLink).where(
        DraftLink.campaign_id == campaign_id, DraftLink.withdrawn_at.is_(None), DraftLink.expires_at > now()
    )
    return db.session.scalars(query.order_by(DraftLink.id.desc())).all()


def find(campaign_id: int, public_id: str) -> DraftLink | None:
    """A link of this campaign, and of no other."""
    query = select(DraftLink).where(DraftLink.campaign_id == campaign_id, DraftLink.public_id == public_id)
    return db.session.scalar(query)
