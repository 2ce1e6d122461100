"""Blocks of a campaign with one of each kind, for walks over every address."""

from pathlib import Path
from typing import Any

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.actions import changed
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part, write
from tests.blocks import one_of_each


def block_rooms(campaign: Campaign, author: User, data_dir: Path) -> dict[str, Any]:
    """Names of a gallery, of a block of documents, of their picture and paper, and the keys of both."""
    made = one_of_each(campaign, author, data_dir)
    write(campaign, Part.BLOCKS, {"blocks": made.blocks})
    changed(campaign)
    db.session.commit()
    return {
        "gallery": "gallery1",
        "documents": "papers01",
        "picture": made.picture.public_id,
        "picture_key": made.picture.key,
        "paper": made.paper.public_id,
        "paper_key": made.paper.key,
    }
