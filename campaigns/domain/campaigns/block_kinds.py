"""The kinds of blocks that follow the story of a campaign, and the shape of each as plain JSON values.

Every block has `id` and `kind`; texts stand side by side as {fa, en}.

story      heading text (Markdown)
quote      words role consent ({how, on} or none)
gallery    heading pictures ([{picture, decoration, alt, caption, seen, consent}]: names of `pictures.models`)
video      title url
documents  heading papers ([{paper, title}])
costs needs roles faq update   intro; the rest is what the campaign has, drawn at the place of the block
"""

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

Block = dict[str, Any]
Blocks = list[Block]

MOST_BLOCKS = 20
MOST_PICTURES = 6
MOST_PAPERS = 6


class BlockKind(StrEnum):
    STORY = "story"
    QUOTE = "quote"
    GALLERY = "gallery"
    VIDEO = "video"
    DOCUMENTS = "documents"
    COSTS = "costs"
    NEEDS = "needs"
    ROLES = "roles"
    FAQ = "faq"
    UPDATE = "update"


PLACED = (BlockKind.COSTS, BlockKind.NEEDS, BlockKind.ROLES, BlockKind.FAQ, BlockKind.UPDATE)
"""What the campaign already has: such a block says where it stands on the page, so there is one of each at most."""

BLOCK_LABELS = {
    BlockKind.STORY: _l("More of the story"),
    BlockKind.QUOTE: _l("Quote"),
    BlockKind.GALLERY: _l("Pictures"),
    BlockKind.VIDEO: _l("Link to a video"),
    BlockKind.DOCUMENTS: _l("Documents"),
    BlockKind.COSTS: _l("What one unit costs"),
    BlockKind.NEEDS: _l("Needs in goods"),
    BlockKind.ROLES: _l("Volunteer roles"),
    BlockKind.FAQ: _l("Questions and answers"),
    BlockKind.UPDATE: _l("News of the campaign"),
}
