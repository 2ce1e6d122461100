"""Writing one need or one place. Shown at once in a draft; else once a moderator has agreed."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import EDITABLE, State, WrongMove
from campaigns.domain.goods import need_edits, need_queries
from campaigns.domain.goods.need_data import TooFew, read_line, read_place
from campaigns.domain.goods.need_models import About, DropOffPlace, NeedEdit, NeedLine, NeedState
from campaigns.web.desk.mine import mine
from campaigns.web.desk.needforms import NeedForm, PlaceForm, line_values, place_values
from campaigns.web.desk.words import words_about
from campaigns.web.guards import needs

page = Blueprint("needline", __name__)
Thing = NeedLine | DropOffPlace | None


@page.get("/c/<public_id>/needs/new")
@page.get("/c/<public_id>/needs/<need>")
@needs(Permission.EDIT_CAMPAIGN)
def show(public_id: str, need: str = "") -> ResponseReturnValue:
    """`again` names a new need that a moderator sent back: the form begins with its words."""
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    line = _line(campaign, need)
    return _page(campaign, line, _line_form(campaign, line, _unsettled(campaign, About.LINE, line)))


@page.post("/c/<public_id>/needs/new")
@page.post("/c/<public_id>/needs/<need>")
@needs(Permission.EDIT_CAMPAIGN)
def save(public_id: str, need: str = "") -> ResponseReturnValue:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN, lock=True)
    line = _line(campaign, need)
    form = _line_form(campaign, line, _unsettled(campaign, About.LINE, line))
    if not form.validate():
        return _page(campaign, line, form), 422
    return _saved(campaign, About.LINE, line, form, form.as_line())


@page.get("/c/<public_id>/needs/places/new")
@page.get("/c/<public_id>/needs/places/<dropoff>")
@needs(Permission.EDIT_CAMPAIGN)
def show_place(public_id: str, dropoff: str = "") -> ResponseReturnValue:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    found = _place(campaign, dropoff)
    return _page(campaign, found, _place_form(campaign, found, _unsettled(campaign, About.PLACE, found)))


@page.post("/c/<public_id>/needs/places/new")
@page.post("/c/<public_id>/needs/places/<dropoff>")
@needs(Permission.EDIT_CAMPAIGN)
def save_place(public_id: str, dropoff: str = "") -> ResponseReturnValue:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN, lock=True)
    found = _place(campaign, dropoff)
    form = _place_form(campaign, found, _unsettled(campaign, About.PLACE, found))
    if not form.validate():
        return _page(campaign, found, form), 422
    return _saved(campaign, About.PLACE, found, form, form.as_place())


def _saved(campaign: Campaign, about: About, thing: Thing, form: Any, after: Any) -> ResponseReturnValue:
    row = need_edits.row(about, thing, after)
    try:
        edit = need_edits.save(campaign, about, [row], current_user, marks=form.hidden_marks())
    except (WrongMove, TooFew):
        db.session.rollback()
        flash(_("Its state has changed meanwhile; here is how it stands now."), "warn")
        return redirect(url_for("desk.needs.show", public_id=campaign.public_id), 303)
    if form.again.data:
        need_edits.withdraw(_again(campaign, about, form.again.data))
    db.session.commit()
    flash(_("Saved. It is shown once a moderator has agreed.") if edit else _("Saved."), "ok")
    return redirect(url_for("desk.needs.show", public_id=campaign.public_id), 303)


def _line_form(campaign: Campaign, line: NeedLine | None, edit: NeedEdit | None) -> NeedForm:
    data = edit.data["rows"][0]["after"] if edit else read_line(line) if line else None
    values = line_values(data) if data else {"takes_money": True}
    return NeedForm(data=values | _new_of(edit), campaign=campaign, line=line)


def _place_form(campaign: Campaign, place: DropOffPlace | None, edit: NeedEdit | None) -> PlaceForm:
    data = edit.data["rows"][0]["after"] if edit else read_place(place) if place else None
    return PlaceForm(data=(place_values(data) if data else {}) | _new_of(edit), campaign=campaign)


def _new_of(edit: NeedEdit | None) -> dict[str, str]:
    """A change of something new is known by its own name: a newer one replaces it by that."""
    return {"again": edit.public_id if edit is not None and not edit.about_id else ""}


def _unsettled(campaign: Campaign, about: About, thing: Thing) -> NeedEdit | None:
    """The change of this thing that waits or was sent back; of a new one, the change that `again` names."""
    if thing is None:
        again = request.values.get("again", "")
        return _again(campaign, about, again) if again else None
    found = need_queries.unsettled_edits(campaign.id)
    return next((edit for edit in found if edit.about == about and edit.about_id == thing.public_id), None)


def _again(campaign: Campaign, about: About, public_id: str) -> NeedEdit:
    edit = need_queries.edit_of(campaign.id, public_id, lock=request.method == "POST")
    if edit is None or edit.about != about or edit.about_id or edit.state not in need_queries.UNSETTLED:
        abort(404)
    return edit


def _line(campaign: Campaign, public_id: str) -> NeedLine | None:
    line = need_queries.line_of(campaign.id, public_id)
    if public_id and (line is None or line.state == NeedState.HIDDEN):
        abort(404)
    return line


def _place(campaign: Campaign, public_id: str) -> DropOffPlace | None:
    place = need_queries.place_of(campaign.id, public_id)
    if public_id and (place is None or place.state == NeedState.HIDDEN):
        abort(404)
    return place


def _page(campaign: Campaign, thing: Thing, form: NeedForm | PlaceForm) -> str:
    about = About.LINE if isinstance(form, NeedForm) else About.PLACE
    edit = _unsettled(campaign, about, thing)
    return render_template(
        "desk/need.html" if about is About.LINE else "desk/need_place.html",
        campaign=campaign,
        thing=thing,
        form=form,
        words=words_about("need", [edit]).get(edit.id) if edit else None,
        is_draft=campaign.state in EDITABLE,
        is_read=campaign.state == State.SUBMITTED,
    )
