"""The documents of a block: sending one with its title, their order, taking one out."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.domain.campaigns.block_kinds import MOST_PAPERS, Block
from campaigns.domain.pictures.models import Paper
from campaigns.domain.pictures.painting import BadPicture
from campaigns.domain.pictures.store import keep_paper
from campaigns.web.desk.blockfiles import MOST_SENT, PAPER_REFUSALS, PaperUpload, sent, settings
from campaigns.web.desk.blockgone import lost
from campaigns.web.desk.blockpages import block_page
from campaigns.web.desk.blockrows import EDITS, PAPERS
from campaigns.web.desk.blockwork import is_read, refused, to_block
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs

page = Blueprint("blockpapers", __name__)
ADDRESS = "/c/<public_id>/blocks/<block>/documents"


@page.post(ADDRESS)
@needs(EDITS)
def send(public_id: str, block: str) -> ResponseReturnValue:
    request.max_content_length = MOST_SENT
    campaign, form = mine(public_id, EDITS, lock=True), PaperUpload()
    away = lost(campaign, block)
    if away is not None:
        return away
    found = PAPERS.block(campaign, block)
    if is_read(campaign):
        return refused(campaign)
    good = form.validate()
    made = _kept(public_id, form, found) if good else None
    if made is None:
        return block_page(campaign, found, upload=form), 422
    title = {"fa": form.title_fa.data, "en": form.title_en.data or ""}
    rows = [*found["papers"], {"paper": made.public_id, "title": title}]
    PAPERS.keep(campaign, found, rows, form.hidden_marks())
    return to_block(public_id, block)


@page.post(f"{ADDRESS}/<paper>/move")
@needs(EDITS)
def move(public_id: str, block: str, paper: str) -> ResponseReturnValue:
    return PAPERS.move(public_id, block, paper)


@page.post(f"{ADDRESS}/<paper>/remove")
@needs(EDITS)
def remove(public_id: str, block: str, paper: str) -> ResponseReturnValue:
    return PAPERS.remove(public_id, block, paper)


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
