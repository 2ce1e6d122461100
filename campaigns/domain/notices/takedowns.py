"""Telling those who write a campaign that a picture was taken from it because consent was withdrawn."""

from collections.abc import Iterable

from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.notices import letters
from campaigns.domain.notices.readers import Link, organizers_of, title_in


def tell_taken_off(campaigns: Iterable[Campaign], key: str, actor: User, link: Link) -> None:
    """One letter for each campaign and person but `actor`. `key`: of the picture. Does not commit."""
    for campaign in campaigns:
        for reader in organizers_of(campaign):
            if reader.id != actor.id:
                letters.picture_taken_off(
                    reader,
                    title=title_in(campaign, reader.language),
                    url=link(reader.language, "desk.consent.show", public_id=campaign.public_id),
                    key=f"{key}:{campaign.public_id}",
                )
