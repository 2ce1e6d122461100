"""Versions of the parts of a campaign: kept with each save, found again, and told apart by their mark.

The mark of what a form began with travels in the form. A save whose mark is not that of what stands by then would
overwrite somebody; it does not matter who wrote it meanwhile, or on which way.
"""

import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.history import CampaignEdit
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Data, Part
from campaigns.domain.campaigns.version_models import CampaignVersion


def mark(data: Data) -> str:
    """The same for the same values, whatever their order."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "replace")).hexdigest()


def keep(
    campaign: Campaign, part: Part, before: Data, data: Data, author: User, edit: CampaignEdit | None = None
) -> None:
    """Keeps what `author` saved; and `before`, if that was written by a way that keeps no versions."""
    last = newest(campaign.id, part)
    if last is None or last.mark != mark(before):
        db.session.add(_version(campaign, part, before))
        db.session.flush()  # so that it has the lower id
    db.session.add(_version(campaign, part, data, author, edit=edit))
    db.session.flush()


def put_aside(campaign: Campaign, part: Part, data: Data, author: User) -> None:
    """Keeps what was written and not taken."""
    db.session.add(_version(campaign, part, data, author, aside=True))
    db.session.flush()


def newest(campaign_id: int, part: Part) -> CampaignVersion | None:
    """What was saved last."""
    query = select(CampaignVersion).where(
        CampaignVersion.campaign_id == campaign_id,
        CampaignVersion.part == part.value,
        CampaignVersion.aside.is_(False),
    )
    return db.session.scalar(query.order_by(CampaignVersion.id.desc()).limit(1))


def marked(campaign_id: int, part: Part, wanted: str) -> CampaignVersion | None:
    """The newest version with this mark."""
    query = select(CampaignVersion).where(
        CampaignVersion.campaign_id == campaign_id,
        CampaignVersion.part == part.value,
        CampaignVersion.mark == wanted,
    )
    return db.session.scalar(query.order_by(CampaignVersion.id.desc()).limit(1))


def listed(campaign_id: int, part: Part | None, most: int, skipped: int = 0) -> Sequence[CampaignVersion]:
    """The versions of one part, or of all, newest first."""
    query = select(CampaignVersion).where(CampaignVersion.campaign_id == campaign_id)
    if part is not None:
        query = query.where(CampaignVersion.part == part.value)
    return db.session.scalars(query.order_by(CampaignVersion.id.desc()).offset(skipped).limit(most)).all()


def find(campaign_id: int, public_id: str) -> CampaignVersion | None:
    """A version of this campaign, and of no other."""
    query = select(CampaignVersion).where(
        CampaignVersion.campaign_id == campaign_id, CampaignVersion.public_id == public_id
    )
    return db.session.scalar(query)


def before(version: CampaignVersion) -> CampaignVersion | None:
    """The version of the same part that stood when this one was saved."""
    query = select(CampaignVersion).where(
        CampaignVersion.campaign_id == version.campaign_id,
        CampaignVersion.part == version.part,
        CampaignVersion.aside.is_(False),
        CampaignVersion.id < version.id,
    )
    return db.session.scalar(query.order_by(CampaignVersion.id.desc()).limit(1))


def _version(
    campaign: Campaign,
    part: Part,
    data: Data,
    author: User | None = None,
    *,
    edit: CampaignEdit | None = None,
    aside: bool = False,
) -> CampaignVersion:
    return CampaignVersion(
        campaign_id=campaign.id,
        part=part.value,
        data=data,
        mark=mark(data),
        author_id=author.id if author else None,
        edit_id=edit.id if edit else None,
        aside=aside,
    )
