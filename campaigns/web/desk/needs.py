"""The needs of a campaign on the desk: what there is, what waits, and what is done at once."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import EDITABLE, State
from campaigns.domain.goods import need_edits, need_queries
from campaigns.domain.goods.need_models import NeedEdit, NeedLine
from campaigns.domain.goods.need_views import needs_of
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.insights.readable_needs import edit_changes
from campaigns.web.desk.mine import mine
from campaigns.web.desk.words import words_about
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("needs", __name__)
TURNS = "any(up, down, close, reopen, remove)"
ABOUT_LABELS = {"line": _l("A need"), "place": _l("A place"), "import": _l("Needs from a file")}


@page.get("/c/<public_id>/needs")
@needs(Permission.EDIT_CAMPAIGN)
def show(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    code = language().code
    edits = need_queries.unsettled_edits(campaign.id)
    return render_template(
        "desk/needs.html",
        campaign=campaign,
        card=cards_of([campaign.id], code)[campaign.id],
        view=needs_of(campaign, code),
        is_draft=campaign.state in EDITABLE,
        is_read=campaign.state == State.SUBMITTED,
        edits=[(edit, edit_changes(edit, code)) for edit in edits],
        words=words_about("need", edits),
        about=ABOUT_LABELS,
    )


@page.post("/c/<public_id>/needs/confirm")
@needs(Permission.EDIT_CAMPAIGN)
def confirm(public_id: str) -> ResponseReturnValue:
    """Says that the list is still right today."""
    need_edits.confirm(_changing(public_id))
    return _done(public_id, _("The list is marked as right today."))


@page.post(f"/c/<public_id>/needs/<need>/<{TURNS}:turn>")
@needs(Permission.EDIT_CAMPAIGN)
def step(public_id: str, need: str, turn: str) -> ResponseReturnValue:
    line = _line(_changing(public_id), need)
    match turn:
        case "up" | "down":
            need_edits.shift(line, -1 if turn == "up" else 1)
        case "close":
            need_edits.close(line)
        case "reopen":
            need_edits.reopen(line)
        case _:
            if not need_edits.hide(line):
                db.session.rollback()
                flash(_("Something was promised or has come for it: close it instead."), "warn")
                return redirect(url_for("desk.needs.show", public_id=public_id), 303)
    return _done(public_id, _("Done."))


@page.post("/c/<public_id>/needs/places/<dropoff>/remove")
@needs(Permission.EDIT_CAMPAIGN)
def remove_place(public_id: str, dropoff: str) -> ResponseReturnValue:
    found = need_queries.place_of(_changing(public_id).id, dropoff)
    if found is None:
        abort(404)
    need_edits.hide(found)
    return _done(public_id, _("Done."))


@page.post("/c/<public_id>/needs/changes/<edit>/withdraw")
@needs(Permission.EDIT_CAMPAIGN)
def withdraw(public_id: str, edit: str) -> ResponseReturnValue:
    if not need_edits.withdraw(_edit(_changing(public_id), edit)):
        db.session.rollback()
        flash(_("Its state has changed meanwhile; here is how it stands now."), "warn")
        return redirect(url_for("desk.needs.show", public_id=public_id), 303)
    return _done(public_id, _("Taken away; nothing of it is shown."))


def _changing(public_id: str) -> Campaign:
    csrf.protect()
    return mine(public_id, Permission.EDIT_CAMPAIGN, lock=True)


def _line(campaign: Campaign, public_id: str) -> NeedLine:
    line = need_queries.line_of(campaign.id, public_id)
    if line is None or line not in need_queries.lines_of(campaign.id):
        abort(404)
    return line


def _edit(campaign: Campaign, public_id: str) -> NeedEdit:
    edit = need_queries.edit_of(campaign.id, public_id, lock=True)
    if edit is None:
        abort(404)
    return edit


def _done(public_id: str, sentence: str) -> ResponseReturnValue:
    db.session.commit()
    flash(sentence, "ok")
    return redirect(url_for("desk.needs.show", public_id=public_id), 303)
