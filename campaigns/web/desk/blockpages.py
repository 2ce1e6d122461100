"""The page of one block: its form, what stands in it already, and the pictures or papers it has."""

from datetime import date
from typing import Any

from flask import render_template

from campaigns.base.forms import StaffForm
from campaigns.domain.campaigns.block_kinds import BLOCK_LABELS, Block, BlockKind
from campaigns.domain.campaigns.blocks import fingerprint
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.states import EDITABLE
from campaigns.web.desk.blockfiles import files_for
from campaigns.web.desk.blockforms import FORMS, BlockForm, shown_in_form
from campaigns.web.desk.blockgone import Gone
from campaigns.web.desk.blockwork import is_read
from campaigns.web.desk.labels import PART_LABELS


def filled(block: Block) -> BlockForm:
    """On GET it shows the block, on POST what was sent."""
    return FORMS[BlockKind(block["kind"])](data=_values(block))


def block_page(campaign: Campaign, block: Block, upload: StaffForm | None = None) -> str:
    """The block as it stands. `upload`: what was sent for one of its files, with what is wrong."""
    form = FORMS[BlockKind(block["kind"])](formdata=None, data=_values(block))
    return form_page(campaign, BlockKind(block["kind"]), form, block, upload=upload)


def form_page(
    campaign: Campaign,
    kind: BlockKind,
    form: BlockForm,
    block: Block | None = None,
    *,
    why: str = "",
    meanwhile: str = "",
    upload: StaffForm | None = None,
    removed: Gone | None = None,
) -> str:
    """`why` it was not saved; `meanwhile`: what somebody else has made of the block; `removed`: it is gone."""
    return render_template(
        f"desk/blocks/{'placed' if 'intro_fa' in form else kind.value}.html",
        **frame(campaign),
        kind=kind,
        kind_label=BLOCK_LABELS[kind],
        form=form,
        block=block,
        why=why,
        meanwhile=meanwhile,
        removed=removed,
        problems=upload.problems() if upload else form.problems(),
        **files_for(block, upload),
    )


def frame(campaign: Campaign) -> dict[str, Any]:
    """What every page of blocks says of the campaign."""
    return {
        "campaign": campaign,
        "labels": PART_LABELS,
        "part": Part.BLOCKS,
        "is_draft": campaign.state in EDITABLE,
        "is_read": is_read(campaign),
    }


def _values(block: Block) -> dict[str, Any]:
    values = shown_in_form(block) | {"version": fingerprint(block)}
    agreed = block.get("consent")
    if agreed:
        values |= {"how": agreed["how"], "agreed_on": date.fromisoformat(agreed["on"])}
    return values
