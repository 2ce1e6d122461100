"""Who of the house is told about a campaign, and what it is called in their language."""

from collections.abc import Callable, Sequence

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.directory import who_may
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign, CampaignText
from campaigns.domain.campaigns.queries import where_is

Link = Callable[..., str]
"""The full address of a page: its language, its endpoint, the values of the address."""


def organizers_of(campaign: Campaign) -> Sequence[User]:
    """Its author, its team and the desk of its province; administrators too, who may write everywhere."""
    found = {person.id: person for person in who_may(Permission.EDIT_CAMPAIGN, where_is(campaign))}
    if campaign.author.is_enabled:
        found[campaign.author.id] = campaign.author
    return [found[key] for key in sorted(found)]


def moderators_of(campaign: Campaign) -> Sequence[User]:
    """Who may decide about it, administrators too; its author never may."""
    found = who_may(Permission.MODERATE, where_is(campaign))
    return [person for person in found if person.id != campaign.author_id]


def title_in(campaign: Campaign, language: str) -> str:
    """In this language if it is written in that, else in Persian."""
    rows = db.session.scalars(select(CampaignText).where(CampaignText.campaign_id == campaign.id))
    titles = {row.language: row.title for row in rows}
    return titles.get(language) or titles.get("fa") or campaign.slug
