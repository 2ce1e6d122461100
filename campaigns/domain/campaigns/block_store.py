"""The blocks of a campaign as its part of the editor reads and writes them. None of these commit."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from campaigns.base.extensions import db
from campaigns.domain.campaigns.block_kinds import Block, Blocks
from campaigns.domain.campaigns.block_models import CampaignBlocks, ShownFile
from campaigns.domain.campaigns.blocks import files_in, pictures_in, without_pictures
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import was_public
from campaigns.domain.pictures.consent import limited
from campaigns.domain.pictures.models import Paper, Picture
from campaigns.domain.pictures.store import not_withdrawn, pictures


def blocks_of(campaign_id: int) -> Blocks:
    row = db.session.get(CampaignBlocks, campaign_id)
    return [*row.blocks] if row else []


def write_blocks(campaign_id: int, blocks: Sequence[Block]) -> None:
    """What the page shows now; the files these blocks name are public with it, others no more.

    A picture of which consent was withdrawn is left out, whichever old version or waiting change still names it.
    """
    named = {item["picture"] for item in pictures_in(blocks)}
    kept = without_pictures(blocks, named - pictures(named).keys())
    db.session.merge(CampaignBlocks(campaign_id=campaign_id, blocks=kept))
    db.session.execute(delete(ShownFile).where(ShownFile.campaign_id == campaign_id))
    db.session.add_all(ShownFile(campaign_id=campaign_id, name=name) for name in sorted(files_in(kept)))
    db.session.flush()


def keep_agreed(campaign_id: int) -> None:
    """The campaign is over: pictures to which somebody agreed only until then are shown no more."""
    blocks = blocks_of(campaign_id)
    kept = agreed_for_good(blocks)
    if kept != blocks:
        write_blocks(campaign_id, kept)


def agreed_for_good(blocks: Sequence[Block]) -> Blocks:
    """Without the pictures to which somebody agreed only until the campaign is over."""
    over = limited({item["consent"] for item in pictures_in(blocks) if item["consent"]})
    return without_pictures(
        blocks, {item["picture"] for item in pictures_in(blocks) if item["consent"] in over}
    )


def public_picture(key: str) -> Picture | None:
    """A picture on a page the public may see."""
    query = select(Picture).where(Picture.key == key, _shown(Picture.public_id), not_withdrawn())
    return db.session.scalar(query.limit(1))


def public_paper(key: str) -> Paper | None:
    """A paper on a page the public may see."""
    return db.session.scalar(select(Paper).where(Paper.key == key, _shown(Paper.public_id)).limit(1))


def _shown(name: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    pages = select(ShownFile.name).join(Campaign, Campaign.id == ShownFile.campaign_id)
    return exists(pages.where(ShownFile.name == name, was_public()))
