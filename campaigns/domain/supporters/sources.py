"""Where gifts come from: links with a name of their own, and the gifts begun from one. None of these commit.

The name travels in the address of a kept page and in its form: nothing is stored with the visitor, and who only
looks is not counted.
"""

import re
from collections.abc import Sequence

from sqlalchemy import exists, select

from campaigns.base.conflicts import insert
from campaigns.base.extensions import db
from campaigns.base.slugs import suggest
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.supporters.source_models import GiftSource, SourceTag

MOST = 50
"""Links of one campaign: each is a page the cache keeps."""
LONGEST = 30
_TAG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class TooMany(Exception):
    """The campaign has as many links as it may."""


class Taken(Exception):
    """The campaign has a link with this name."""


def make(campaign: Campaign, tag: str, label: str, by: User) -> None:
    """A new link; the campaign's row is to be held. Raises `TooMany`, `Taken`."""
    if len(tags(campaign.id)) >= MOST:
        raise TooMany
    row = insert(SourceTag).values(campaign_id=campaign.id, tag=tag, label=label, author_id=by.id)
    made = row.on_conflict_do_nothing(index_elements=["campaign_id", "tag"]).returning(SourceTag.id)
    if db.session.scalar(made) is None:
        raise Taken


def tag_of(typed: str) -> str | None:
    """A name as it stands in an address: small letters, digits and single hyphens. None: none can be made of it."""
    tag = suggest(typed)[:LONGEST].strip("-")
    return tag if _TAG.fullmatch(tag) else None


def tags(campaign_id: int) -> Sequence[SourceTag]:
    return db.session.scalars(
        select(SourceTag).where(SourceTag.campaign_id == campaign_id).order_by(SourceTag.id)
    ).all()


def is_known(campaign_id: int, tag: str) -> bool:
    known = exists().where(SourceTag.campaign_id == campaign_id, SourceTag.tag == tag)
    return bool(db.session.scalar(select(known)))


def note(gift_id: int, campaign_id: int, tag: str) -> None:
    """This gift was begun from that link. A name that the campaign does not have is passed over."""
    source = db.session.scalar(
        select(SourceTag.id).where(SourceTag.campaign_id == campaign_id, SourceTag.tag == tag)
    )
    if source is not None:
        row = insert(GiftSource).values(gift_id=gift_id, source_id=source)
        db.session.execute(row.on_conflict_do_nothing(index_elements=["gift_id"]))
