"""The letters of this room. None of these commit; each is written once, whatever is repeated.

Every letter but the first has a link that stops them all with one click (RFC 8058).
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns.history import CampaignUpdate
from campaigns.domain.campaigns.models import Campaign, CampaignText
from campaigns.domain.notices.actions import withdraw, write
from campaigns.domain.supporters import links
from campaigns.domain.supporters.models import Follower, GiftThanks, Mailing, SupporterMessage

Link = Callable[..., str]
"""`link(language, endpoint, **values)`: a full address of this site."""
ON_THEIR_WAY = timedelta(days=7)
"""Letters of mailings older than this have been sent or given up."""


def ask_to_agree(follower: Follower, gift_id: int | None, link: Link, today: date) -> bool:
    """Whether the owner of the address wants it. Once a day at most, however often somebody asks."""
    url = link(follower.language, "supporters.follow.agreeing", token=links.to_agree(follower, gift_id))
    return _first(follower, "follow_agree", today, url=url)


def follows_already(follower: Follower, link: Link, today: date) -> bool:
    """Says to the owner of the address, and to nobody else, that it follows, and how to stop that."""
    url = link(follower.language, "supporters.leave.show", token=links.own(follower))
    return _first(follower, "follow_already", today, stop_url=url)


def news(follower: Follower, update: CampaignUpdate, campaign: Campaign, title: str, link: Link) -> bool:
    """What is new in the campaign, to one follower."""
    about = {"headline": update.title, "text": update.body}
    return _to(follower, f"u:{update.public_id}", "follow_news", campaign, title, link, **about)


def message(
    follower: Follower, message: SupporterMessage, campaign: Campaign, title: str, link: Link
) -> bool:
    """What an organizer wrote, to one supporter."""
    about = {"headline": message.subject, "text": message.body}
    return _to(follower, f"m:{message.public_id}", "follow_message", campaign, title, link, **about)


def thanks(follower: Follower, thanks: GiftThanks, text: str, title: str, code: str, link: Link) -> bool:
    """The thanks for one gift, to the address its donor left. `code`: of its receipt."""
    receipt = link(follower.language, "give.receipt.show", code=code)
    about = {"text": text, "receipt_url": receipt}
    return _to(follower, f"t:{thanks.public_id}", "gift_thanks", thanks.campaign, title, link, **about)


def take_back(follower: Follower) -> None:
    """What was written to this follower and nobody has sent yet is never sent."""
    recent = select(CampaignUpdate.public_id, SupporterMessage.public_id).select_from(Mailing)
    recent = recent.outerjoin(CampaignUpdate, CampaignUpdate.id == Mailing.update_id)
    recent = recent.outerjoin(SupporterMessage, SupporterMessage.id == Mailing.message_id)
    recent = recent.where(
        Mailing.campaign_id == follower.campaign_id,
        or_(Mailing.done_at.is_(None), Mailing.done_at > now() - ON_THEIR_WAY),
    )
    things = [f"u:{row[0]}" if row[0] else f"m:{row[1]}" for row in db.session.execute(recent)]
    things += [
        f"t:{name}"
        for name in db.session.scalars(
            select(GiftThanks.public_id).where(GiftThanks.gift_id == follower.gift_id)
        )
    ]
    withdraw(*(_key(follower, thing) for thing in things))


def titles(campaign_id: int) -> dict[str, str]:
    """What the campaign is called, by language."""
    rows = db.session.scalars(select(CampaignText).where(CampaignText.campaign_id == campaign_id))
    return {row.language: row.title for row in rows if row.title}


def title_in(names: dict[str, str], language: str, campaign: Campaign) -> str:
    return names.get(language) or names.get("fa") or campaign.slug


def _first(follower: Follower, template: str, today: date, **values: Any) -> bool:
    title = title_in(titles(follower.campaign_id), follower.language, follower.campaign)
    key = _key(follower, f"{template}:{today.isoformat()}")
    return write(key, follower.email, follower.language, template, title=title, **values)


def _to(
    follower: Follower,
    thing: str,
    template: str,
    campaign: Campaign,
    title: str,
    link: Link,
    **about: Any,
) -> bool:
    language = follower.language
    stop_url = link(language, "supporters.leave.show", token=links.own(follower))
    return write(
        _key(follower, thing),
        follower.email,
        language,
        template,
        unsubscribe_url=stop_url,
        stop_url=stop_url,
        title=title,
        page_url=link(language, "site.campaign.show", slug=campaign.slug),
        **about,
    )


def _key(follower: Follower, thing: str) -> str:
    return f"follower:{follower.public_id}:{thing}"
