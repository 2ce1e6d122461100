"""A block that somebody has removed while another was writing it: what was typed is not lost with it."""

from dataclasses import dataclass

from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.domain.campaigns import blocks as lists
from campaigns.domain.campaigns.block_kinds import Block, BlockKind
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.versions import listed
from campaigns.web.desk.blockforms import BEGINNINGS
from campaigns.web.desk.blockwork import to_list, working

VERSIONS = 50
"""How far back a block is looked for: a form is not open for longer."""
NEW = "new"
"""The value of the button that puts it back."""


@dataclass(frozen=True)
class Gone:
    """The block as it last stood, its files too. `who` removed it: empty when nobody knows."""

    block: Block
    who: str

    @property
    def kind(self) -> BlockKind:
        return BlockKind(self.block["kind"])


def gone(campaign: Campaign, name: str) -> Gone:
    """The block of this name that is no longer there; 404 where the form says not even of what kind it was."""
    newer = ""
    for version in listed(campaign.id, Part.BLOCKS, VERSIONS):
        block = lists.found(version.data["blocks"], name)
        if block is not None:
            return Gone(block, newer)
        newer = version.author.name if version.author else ""
    kind = request.form.get("kind", "")
    if kind not in set(BlockKind):
        abort(404)
    return Gone({"kind": kind, **BEGINNINGS.get(BlockKind(kind), {})}, "")


def puts_back() -> bool:
    """Whether the button to put it back was pressed."""
    return request.form.get("again") == NEW


def has_room(campaign: Campaign, removed: Gone) -> bool:
    return removed.kind in lists.can_add(working(campaign))


def anew(removed: Gone) -> Block:
    """The same block under a name of its own: nobody's open form takes it for another."""
    return lists.begun(
        removed.kind, {key: value for key, value in removed.block.items() if key not in ("id", "kind")}
    )


def lost(campaign: Campaign, name: str) -> ResponseReturnValue | None:
    """What a file that was sent for a block meets where the block was removed meanwhile; None where it stands."""
    if lists.found(working(campaign), name) is not None:
        return None
    gone(campaign, name)
    flash(
        _("Somebody else has removed this block meanwhile. The file was not kept; add a new block for it."),
        "warn",
    )
    return to_list(campaign.public_id)
