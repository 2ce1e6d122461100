"""The blocks of a campaign: all in their order, adding one, changing one, moving with buttons, removing."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base.extensions import csrf
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns import blocks as lists
from campaigns.domain.campaigns.block_kinds import BLOCK_LABELS, MOST_BLOCKS, BlockKind
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.insights.readable_blocks import block_words
from campaigns.web.desk.blockforms import BEGINNINGS, FORMS
from campaigns.web.desk.blockgone import anew, gone, has_room, puts_back
from campaigns.web.desk.blockpages import block_page, filled, form_page, frame
from campaigns.web.desk.blockwork import is_read, keep, one_of, refused, to_block, to_list, working
from campaigns.web.desk.mine import mine
from campaigns.web.desk.words import newest_edit, words_about
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("blocks", __name__)
EDITS = Permission.EDIT_CAMPAIGN
KINDS = f"any({', '.join(BlockKind)})"


@page.get("/c/<public_id>/blocks")
@needs(EDITS)
def overview(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, EDITS)
    blocks = working(campaign)
    edit = newest_edit(campaign, Part.BLOCKS)
    return render_template(
        "desk/blocks/overview.html",
        **frame(campaign),
        blocks=[(block, block_words(block, language().code)) for block in blocks],
        addable=[(kind, BLOCK_LABELS[kind]) for kind in lists.can_add(blocks)],
        most=MOST_BLOCKS,
        words=words_about("edit", [edit]).get(edit.id) if edit else None,
        waits=edit is not None and edit.state == "waiting",
    )


@page.get(f"/c/<public_id>/blocks/new/<{KINDS}:block_kind>")
@needs(EDITS)
def new(public_id: str, block_kind: str) -> ResponseReturnValue:
    campaign = mine(public_id, EDITS)
    if block_kind not in lists.can_add(working(campaign)):
        abort(404)
    return form_page(campaign, BlockKind(block_kind), FORMS[BlockKind(block_kind)]())


@page.post(f"/c/<public_id>/blocks/new/<{KINDS}:block_kind>")
@needs(EDITS)
def add(public_id: str, block_kind: str) -> ResponseReturnValue:
    campaign, known = mine(public_id, EDITS, lock=True), BlockKind(block_kind)
    form, blocks = FORMS[known](), working(campaign)
    if not form.validate():
        return form_page(campaign, known, form), 422
    if is_read(campaign) or known not in lists.can_add(blocks):
        return form_page(campaign, known, form, why=_why_not(campaign)), 409
    block = lists.begun(known, form.values() | BEGINNINGS.get(known, {}))
    keep(campaign, lists.put(blocks, block), form.hidden_marks())
    return to_block(public_id, block["id"]) if known in BEGINNINGS else to_list(public_id, block["id"])


@page.get("/c/<public_id>/blocks/<block>")
@needs(EDITS)
def show(public_id: str, block: str) -> ResponseReturnValue:
    campaign = mine(public_id, EDITS)
    return block_page(campaign, one_of(campaign, block))


@page.post("/c/<public_id>/blocks/<block>")
@needs(EDITS)
def save(public_id: str, block: str) -> ResponseReturnValue:
    """What somebody else has saved meanwhile is shown beside what was typed, and never overwritten unseen."""
    campaign = mine(public_id, EDITS, lock=True)
    found = lists.found(working(campaign), block)
    if found is None:
        return _save_removed(campaign, block)
    form, kind = filled(found), BlockKind(found["kind"])
    if not form.validate():
        return form_page(campaign, kind, form, found), 422
    if is_read(campaign):
        return form_page(campaign, kind, form, found, why=_why_not(campaign)), 409
    if form.version.data != lists.fingerprint(found):
        form.version.data, form.version.raw_data = lists.fingerprint(found), None
        return form_page(campaign, kind, form, found, meanwhile=block_words(found, language().code)), 409
    keep(campaign, lists.put(working(campaign), found | form.values()), form.hidden_marks())
    return to_list(public_id, block)


def _save_removed(campaign: Campaign, name: str) -> ResponseReturnValue:
    """Somebody has removed it meanwhile: it is shown as typed, to be put back as a new block or dropped."""
    removed = gone(campaign, name)
    form, why = FORMS[removed.kind](), ""
    is_good = form.validate()
    if is_read(campaign) or not has_room(campaign, removed):
        why = _why_not(campaign)
    elif puts_back() and is_good:
        block = anew(removed) | form.values()
        keep(campaign, lists.put(working(campaign), block), form.hidden_marks())
        return to_list(campaign.public_id, block["id"])
    return form_page(campaign, removed.kind, form, why=why, removed=removed), 422 if puts_back() else 409


@page.post("/c/<public_id>/blocks/<block>/move")
@needs(EDITS)
def move(public_id: str, block: str) -> ResponseReturnValue:
    campaign = mine(public_id, EDITS, lock=True)
    csrf.protect()
    if is_read(campaign):
        return refused(campaign)
    blocks = working(campaign)
    place = next((place for place, one in enumerate(blocks) if one["id"] == block), -1)
    keep(campaign, lists.moved(blocks, place, request.form.get("way", "")))
    return to_list(public_id, block)


@page.get("/c/<public_id>/blocks/<block>/remove")
@needs(EDITS)
def consider(public_id: str, block: str) -> ResponseReturnValue:
    campaign = mine(public_id, EDITS)
    found = one_of(campaign, block)
    return render_template(
        "desk/blocks/remove.html",
        **frame(campaign),
        block=found,
        kind=BLOCK_LABELS[BlockKind(found["kind"])],
        says=block_words(found, language().code),
    )


@page.post("/c/<public_id>/blocks/<block>/remove")
@needs(EDITS)
def remove(public_id: str, block: str) -> ResponseReturnValue:
    """Safe to send twice."""
    campaign = mine(public_id, EDITS, lock=True)
    csrf.protect()
    if is_read(campaign):
        return refused(campaign)
    keep(campaign, lists.without(working(campaign), block))
    return to_list(public_id)


def _why_not(campaign: Campaign) -> str:
    if is_read(campaign):
        return _("This campaign is being reviewed. Take it back first, then change it.")
    return _("There is no room for another block of this kind.")
