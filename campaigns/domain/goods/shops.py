"""How a campaign takes goods beside its drop-off places: whether they are fetched, and at which shops to buy them.

A moderator reads a shop before anybody else does. None of these commit.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from campaigns.base import stamps
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.goods.pledge_models import ListedShop, PledgeTerms


def set_collects(campaign: Campaign, collects: bool) -> None:
    """Whether somebody comes and takes goods. What was agreed with givers before stays agreed."""
    terms = db.session.get(PledgeTerms, campaign.id)
    if terms is None:
        terms = PledgeTerms(campaign_id=campaign.id)
        db.session.add(terms)
    terms.collects = collects
    db.session.flush()
    stamps.bump(stamps.of_campaign(campaign.id))


def propose_shop(
    campaign: Campaign, author: User, name: str, address: str, phone: str, marks: Mapping[str, Any] | None
) -> ListedShop:
    """A shop that waits for a moderator."""
    shop = ListedShop(
        campaign=campaign,
        author=author,
        name=name,
        address=address,
        phone=phone,
        hidden_marks=dict(marks) if marks else None,
    )
    db.session.add(shop)
    db.session.flush()
    return shop


def close_shop(shop: ListedShop) -> None:
    """It is not offered any more; promises made with it go on."""
    shop.state = "closed"
    db.session.flush()


def kept_shops(campaign_id: int) -> Sequence[ListedShop]:
    """Those of a campaign that are shown, wait, or were rejected."""
    rows = select(ListedShop).where(ListedShop.campaign_id == campaign_id, ListedShop.state != "closed")
    return db.session.scalars(rows.order_by(ListedShop.id)).all()


def shop_of(campaign_id: int, public_id: str) -> ListedShop | None:
    found = select(ListedShop).where(
        ListedShop.campaign_id == campaign_id, ListedShop.public_id == public_id, ListedShop.state != "closed"
    )
    return db.session.scalar(found)
