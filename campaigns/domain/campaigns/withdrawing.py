"""Taking a picture from every page because somebody who is seen in it agrees no longer. None of these commit.

Nothing waits for a moderator, and no state of a campaign stands in the way. Drafts, older versions and changes that
wait may go on naming the picture: wherever blocks are drawn or written, what was withdrawn is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns import parts, versions
from campaigns.domain.campaigns.actions import changed, edits_of
from campaigns.domain.campaigns.block_models import ShownFile
from campaigns.domain.campaigns.block_store import blocks_of
from campaigns.domain.campaigns.blocks import pictures_in
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.pictures.models import Picture, PictureWithdrawal
from campaigns.domain.pictures.store import is_withdrawn, pictures, with_key


@dataclass(frozen=True)
class Named:
    """A picture that a campaign shows, or would show: `shown` tells which. `item` is what its block says of it."""

    picture: Picture
    item: dict[str, Any]
    shown: bool


def named_by(campaign: Campaign) -> list[Named]:
    """Every picture of this campaign's blocks and of those that wait or were sent back, in the order of the page."""
    edits = edits_of(campaign, Part.BLOCKS, states=("waiting", "returned"))
    lists = [blocks_of(campaign.id), *(edit.data["blocks"] for edit in edits)]
    found: dict[str, tuple[dict[str, Any], bool]] = {}
    for place, blocks in enumerate(lists):
        for item in pictures_in(blocks):
            found.setdefault(item["picture"], (item, place == 0))
    known = pictures(found.keys())
    return [Named(known[name], item, shown) for name, (item, shown) in found.items() if name in known]


def withdraw(picture: Picture, campaign: Campaign, actor: User, reason: str) -> Sequence[Campaign]:
    """From now on no page shows a picture with these bytes. Returns the campaigns that did, their rows locked.

    Rows are locked here, all in one order, and not before: two who do this at once do not wait for each other in a
    circle. Safe to call twice. The files are to be destroyed once this is committed (`pictures.store.destroy`).
    """
    key, names = picture.key, with_key(picture.key)
    ids = select(ShownFile.campaign_id).where(ShownFile.name.in_(names))
    query = select(Campaign).where(or_(Campaign.id.in_(ids), Campaign.id == campaign.id))
    locked = query.order_by(Campaign.id).with_for_update(of=Campaign)
    found = db.session.scalars(locked).all()
    db.session.expire_all()  # what was read before they were locked may be old
    if is_withdrawn(key):
        return []
    showing = frozenset(db.session.scalars(ids))
    db.session.add(PictureWithdrawal(key=key, campaign_id=campaign.id, actor_id=actor.id, reason=reason))
    db.session.flush()
    for one in found:
        _write_without(one, actor)
    return [one for one in found if one.id in showing]


def _write_without(campaign: Campaign, actor: User) -> None:
    """Writing is leaving out; kept as a version, so that the history says who did it."""
    before = parts.read(campaign, Part.BLOCKS)
    parts.write(campaign, Part.BLOCKS, before)
    after = parts.read(campaign, Part.BLOCKS)
    if after != before:
        versions.keep(campaign, Part.BLOCKS, before, after, actor)
        changed(campaign)
