"""Telling authors that their campaign is open, whoever or whatever opened it."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Select, exists, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns.history import CampaignMove
from campaigns.domain.campaigns.models import Campaign, CampaignText
from campaigns.domain.campaigns.states import State
from campaigns.domain.notices import letters
from campaigns.domain.notices.letters import UNDO_PAUSE
from campaigns.domain.notices.models import Letter

NEWS_FOR = timedelta(days=1)


def tell_opened(page_of: Callable[[Campaign], str]) -> int:
    """Writes to the authors of campaigns that opened since yesterday, once the opening can no longer be undone.

    Safe to call again; does not commit. `page_of` gives the address of a campaign's public page. Returns how
    many letters were written.
    """
    return sum(
        letters.campaign_live(
            campaign.author,
            title=_title(campaign),
            url=page_of(campaign),
            key=campaign.public_id,
        )
        for campaign in db.session.scalars(_untold())
    )


def _untold() -> Select[Campaign]:
    moment = now()
    opened = exists().where(
        CampaignMove.campaign_id == Campaign.id,
        CampaignMove.before == State.APPROVED.value,
        CampaignMove.after == State.LIVE.value,
        CampaignMove.moved_at.between(moment - NEWS_FOR, moment - UNDO_PAUSE),
    )
    told = exists().where(Letter.dedupe_key == "campaign_live:" + Campaign.public_id)
    return select(Campaign).where(
        Campaign.state == State.LIVE.value, Campaign.is_sample.is_(False), opened, ~told
    )


def _title(campaign: Campaign) -> str:
    """In the author's language if it is written in that, else in Persian."""
    rows = db.session.scalars(select(CampaignText).where(CampaignText.campaign_id == campaign.id))
    titles = {row.language: row.title for row in rows}
    return titles.get(campaign.author.language) or titles.get("fa") or campaign.slug
