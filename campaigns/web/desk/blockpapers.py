"""The documents of a block: sending one with its title, their order, taking one out."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.base.extensions import csrf
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns import blocks as lists
from campaigns.domain.campaigns.block_kinds import MOST_PAPERS, Block
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.pictures.models import Paper
from campaigns.domain.pictures.painting import BadPicture
from campaigns.domain.pictures.store import keep_paper
from campaigns.web.desk.blockfiles import MOST_SENT, PAPER_REFUSALS, PaperUpload, sent, settings
from campaigns.web.desk.blockpages import block_page
from campaigns.web.desk.blockwork import is_read, keep, one_of, refused, to_block, working
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs

page = Blueprint("blockpapers", __name__)
EDITS = Permission.EDIT_CAMPAIGN
ADDRESS = "/c/<public_id>/blocks/<block>/documents"


@page.post(ADDRESS)
@needs(EDITS)
def send(public_id: str, block: str) -> ResponseReturnValue:
    request.max_content_length = MOST_SENT
    campaign, form = mine(public_id, EDITS, lock=True), PaperUpload()
    found = _documents(campaign, block)
    if is_read(campaign):
        return refused(campaign)
    good = form.validate()
    made = _kept(public_id, form, found) if good else None
    if made is None:
        return block_page(campaign, found, upload=form), 422
    title = {"fa": form.title_fa.data, "en": form.title_en.data or ""}
    rows = [*found["papers"], {"paper": made.public_id, "title": title}]
    keep(campaign, lists.put(working(campaign), found | {"papers": rows}), form.hidden_marks())
    return to_block(public_id, block)


@page.post(f"{ADDRESS}/<paper>/move")
@needs(EDITS)
def move(public_id: str, block: str, paper: str) -> ResponseReturnValue:
    way = request.form.get("way", "")

    def change(rows: list[Any]) -> list[Any]:
        place = next((place for place, one in enumerate(rows) if one["paper"] == paper), -1)
        return lists.moved(rows, place, way)

    return _changed(public_id, block, change)


@page.post(f"{ADDRESS}/<paper>/remove")
@needs(EDITS)
def remove(public_id: str, block: str, paper: str) -> ResponseReturnValue:
    """Safe to send twice."""
    return _changed(public_id, block, lambda rows: [one for one in rows if one["paper"] != paper])


def _changed(public_id: str, block: str, change: Callable[[list[Any]], list[Any]]) -> ResponseReturnValue:
    campaign = mine(public_id, EDITS, lock=True)
    csrf.protect()
    found = _documents(campaign, block)
    if is_read(campaign):
        return refused(campaign)
    keep(campaign, lists.put(working(campaign), found | {"papers": change(found["papers"])}))
    return to_block(public_id, block)


def _kept(shelf: str, form: PaperUpload, block: Block) -> Paper | None:
    """What was sent; what is wrong with it stands beside its field."""
    reason, data = "many", sent()
    if len(block["papers"]) < MOST_PAPERS:
        try:
            if data is not None:
                return keep_paper(shelf, data, current_user, settings().data_dir)
            reason = "missing"
        except BadPicture as bad:
            reason = bad.reason
    form.file.errors = [str(PAPER_REFUSALS[reason])]
    return None


def _documents(campaign: Campaign, name: str) -> Block:
    found = one_of(campaign, name)
    return found if "papers" in found else abort(404)
