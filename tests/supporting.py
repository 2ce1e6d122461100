"""People who follow campaigns, for tests."""

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.supporters import following, messages
from campaigns.domain.supporters.models import Audience, Follower, SupporterMessage
from campaigns.web.letterlinks import link


def follower(campaign: Campaign, email: str, gift_id: int | None = None, language: str = "fa") -> Follower:
    """Somebody who asked for news and said yes."""
    following.ask(campaign.id, email, language, link)
    found: Follower = db.session.query(Follower).filter_by(campaign_id=campaign.id, email=email).one()
    following.agree(found, gift_id)
    db.session.commit()
    return found


def letter_to_supporters(campaign: Campaign, by: User, body: str = "فردا بار می‌زنیم.") -> SupporterMessage:
    """A message that waits for a moderator; one person follows."""
    follower(campaign, "sara@example.org")
    made = messages.write(campaign, by, Audience.ALL, ("خبر", body, "fa"))
    db.session.commit()
    return made
