"""The pictures of a block: sending one, saying what it shows and who agreed, their order, taking one out."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.domain.campaigns import blocks as lists
from campaigns.domain.campaigns.block_kinds import MOST_PICTURES, Block
from campaigns.domain.campaigns.block_page import Said, ShownPicture
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.pictures import consent, store
from campaigns.domain.pictures.models import Picture
from campaigns.domain.pictures.painting import BadPicture
from campaigns.domain.pictures.sizes import Painted, read
from campaigns.domain.regions.queries import counties
from campaigns.web.desk.blockfiles import MOST_SENT, PICTURE_REFUSALS, PictureUpload, sent, settings
from campaigns.web.desk.blockgone import Gone, anew, gone, has_room, lost, puts_back
from campaigns.web.desk.blockpages import block_page
from campaigns.web.desk.blockrows import EDITS, PICTURES
from campaigns.web.desk.blockwork import is_read, refused, to_block, working
from campaigns.web.desk.mine import mine
from campaigns.web.desk.pictureforms import PictureForm, said_before
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("blockpictures", __name__)
ADDRESS = "/c/<public_id>/blocks/<block>/pictures"


@page.post(ADDRESS)
@needs(EDITS)
def send(public_id: str, block: str) -> ResponseReturnValue:
    """Takes a picture. It is in no block until it has been described: that is the next page."""
    request.max_content_length = MOST_SENT
    campaign, form = mine(public_id, EDITS), PictureUpload()
    away = lost(campaign, block)
    if away is not None:
        return away
    found = PICTURES.block(campaign, block)
    if is_read(campaign):
        return refused(campaign)
    painted = _painted(form, found)
    if painted is None:
        return block_page(mine(public_id, EDITS), found, upload=form), 422
    made = store.keep(public_id, painted, current_user, settings().data_dir)
    name = made.public_id
    db.session.commit()
    return redirect(url_for(".describe", public_id=public_id, block=block, picture=name), 303)


@page.get(f"{ADDRESS}/<picture>")
@needs(EDITS)
def describe(public_id: str, block: str, picture: str) -> ResponseReturnValue:
    campaign = mine(public_id, EDITS)
    item = _item(PICTURES.block(campaign, block), picture)
    kept = _kept(campaign, picture, item)
    before = said_before(item, consent.consents([item["consent"]]).get(item["consent"]) if item else None)
    return _page(campaign, block, kept, PictureForm(data=before, places=_places(campaign)), item is not None)


@page.post(f"{ADDRESS}/<picture>")
@needs(EDITS)
def save(public_id: str, block: str, picture: str) -> ResponseReturnValue:
    campaign = mine(public_id, EDITS, lock=True)
    removed = _removed(campaign, block)
    found = removed.block if removed else PICTURES.block(campaign, block)
    item = _item(found, picture)
    kept, form = _kept(campaign, picture, item), PictureForm(places=_places(campaign))
    if not form.validate():
        return _page(campaign, block, kept, form, item is not None), 422
    if is_read(campaign):
        return refused(campaign)
    if removed:
        if not puts_back() or not has_room(campaign, removed):
            return _page(campaign, block, kept, form, item is not None, removed), 409
        found = anew(removed)
    rows = found["pictures"]
    if item is None and len(rows) >= MOST_PICTURES:
        flash(PICTURE_REFUSALS["many"], "warn")
        return to_block(public_id, block)
    agreed = form.agreed()
    row = consent.note(kept, agreed, current_user) if agreed else None
    made = form.item(picture, row.public_id if row else None)
    others = [made if one["picture"] == picture else one for one in rows]
    PICTURES.keep(campaign, found, others if item else [*rows, made], form.hidden_marks())
    return to_block(public_id, found["id"])


@page.post(f"{ADDRESS}/<picture>/move")
@needs(EDITS)
def move(public_id: str, block: str, picture: str) -> ResponseReturnValue:
    return PICTURES.move(public_id, block, picture)


@page.post(f"{ADDRESS}/<picture>/remove")
@needs(EDITS)
def remove(public_id: str, block: str, picture: str) -> ResponseReturnValue:
    return PICTURES.remove(public_id, block, picture)


def _painted(form: PictureUpload, block: Block) -> Painted | None:
    """What was sent, painted anew with no transaction open: it takes a while. What is wrong stands beside the field."""
    if not form.validate():
        return None
    reason, data = "many", sent()
    if len(block["pictures"]) < MOST_PICTURES:
        db.session.rollback()
        try:
            painted = read(data) if data is not None else None
            if painted is not None and not store.is_withdrawn(painted.key):
                return painted
            reason = "missing" if painted is None else "withdrawn"
        except BadPicture as bad:
            reason = bad.reason
    form.file.errors = [str(PICTURE_REFUSALS[reason])]
    return None


def _item(block: Block, picture: str) -> dict[str, Any] | None:
    return next((one for one in block["pictures"] if one["picture"] == picture), None)


def _kept(campaign: Campaign, name: str, item: dict[str, Any] | None) -> Picture:
    """A picture of this block, or one that was sent for this campaign."""
    found = store.pictures([name]).get(name) if item else store.on_shelf(campaign.public_id, name)
    return found or abort(404)


def _places(campaign: Campaign) -> frozenset[str]:
    """Names of the provinces it is for and of all their counties, in both languages."""
    rows: list[Any] = [*campaign.provinces, *counties({province.code for province in campaign.provinces})]
    return frozenset(name for row in rows for name in (row.name_fa, row.name_en) if name)


def _removed(campaign: Campaign, block: str) -> Gone | None:
    """The block of pictures, if somebody has removed it while this one was described."""
    if lists.found(working(campaign), block) is not None:
        return None
    removed = gone(campaign, block)
    return removed if "pictures" in removed.block else abort(404)


def _page(
    campaign: Campaign,
    block: str,
    picture: Picture,
    form: PictureForm,
    known: bool,
    removed: Gone | None = None,
) -> str:
    """`known`: it stands in the block already. `removed`: that block is gone."""
    nothing = Said("", language().code)
    return render_template(
        "desk/blocks/picture.html",
        campaign=campaign,
        block=block,
        shown=ShownPicture(picture, nothing, nothing),
        form=form,
        known=known,
        removed=removed,
    )
