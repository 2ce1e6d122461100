"""The blocks an organizer works on: those that wait or were sent back, else those that are shown; and saving them."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.domain.campaigns import blocks as lists
from campaigns.domain.campaigns.actions import save_part
from campaigns.domain.campaigns.block_kinds import Block, Blocks
from campaigns.domain.campaigns.block_store import blocks_of
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.states import State
from campaigns.domain.pictures.store import use
from campaigns.web.desk.words import newest_edit


def working(campaign: Campaign) -> Blocks:
    edit = newest_edit(campaign, Part.BLOCKS)
    return [*edit.data["blocks"]] if edit else blocks_of(campaign.id)


def one_of(campaign: Campaign, name: str) -> Block:
    """The block of this name; 404 where it is gone."""
    return lists.found(working(campaign), name) or abort(404)


def is_read(campaign: Campaign) -> bool:
    """Moderators are reading it: nothing is changed until it is taken back."""
    return bool(campaign.state == State.SUBMITTED)


def keep(campaign: Campaign, blocks: Sequence[Block], marks: Mapping[str, Any] | None = None) -> None:
    """Saves and commits; says whether it is shown already."""
    edit = save_part(campaign, Part.BLOCKS, {"blocks": [*blocks]}, current_user, marks)
    use(lists.files_in(blocks))
    db.session.commit()
    flash(_("Saved. It is shown once a moderator has agreed.") if edit else _("Saved."), "ok")


def refused(campaign: Campaign) -> ResponseReturnValue:
    """What a button answers while the campaign is being read."""
    flash(_("This campaign is being reviewed. Take it back first, then change it."), "warn")
    return to_list(campaign.public_id)


def to_list(public_id: str, name: str = "") -> ResponseReturnValue:
    """Back to all blocks, at the one of this name."""
    return redirect(
        url_for("desk.blocks.overview", public_id=public_id, _anchor=f"b-{name}" if name else None), 303
    )


def to_block(public_id: str, name: str) -> ResponseReturnValue:
    return redirect(url_for("desk.blocks.show", public_id=public_id, block=name), 303)
