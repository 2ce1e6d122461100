"""Writing a memorandum: a new draft, and changing one."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import COUNTRY, Scope
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.partners import actions
from campaigns.domain.partners.models import Memorandum
from campaigns.domain.partners.queries import houses_within
from campaigns.domain.partners.states import State
from campaigns.web.guards import needs
from campaigns.web.partners import reach
from campaigns.web.partners.forms import MemorandumForm, filled
from campaigns.web.partners.words import REFUSALS

page = Blueprint("writing", __name__)
MOST_UPLOADED = 2 * actions.MOST_BYTES + 1024 * 1024  # both papers, and the form around them
EVERYWHERE = Scope(
    everywhere=True, province_codes=COUNTRY.province_codes, campaign_ids=frozenset(), own=False
)


@page.get("/memoranda/new")
@needs(Permission.MANAGE_PARTNERS)
def plan() -> ResponseReturnValue:
    return _page(_form())


@page.post("/memoranda/new")
@needs(Permission.MANAGE_PARTNERS)
def write() -> ResponseReturnValue:
    request.max_content_length = MOST_UPLOADED
    form = _form()
    if not form.validate():
        return _page(form), 422
    memorandum = actions.draft(form.terms(), current_user)
    actions.note_marks(memorandum, form.hidden_marks())
    _attach(memorandum, form)
    public_id = memorandum.public_id
    db.session.commit()
    flash(_("The draft is kept. Look it over and send it to a moderator."), "ok")
    return redirect(url_for("partners.memoranda.show", memorandum=public_id), 303)


@page.get("/memoranda/<memorandum>/edit")
@needs(Permission.MANAGE_PARTNERS)
def edit(memorandum: str) -> ResponseReturnValue:
    found = reach.memorandum(memorandum)
    if found.state != State.DRAFT:
        return redirect(url_for("partners.memoranda.show", memorandum=memorandum), 303)
    return _page(_form(found, formdata=None, data=filled(found)), found)


@page.post("/memoranda/<memorandum>/edit")
@needs(Permission.MANAGE_PARTNERS)
def change(memorandum: str) -> ResponseReturnValue:
    request.max_content_length = MOST_UPLOADED
    found = reach.memorandum(memorandum, lock=True)
    form = _form(found)
    if not form.validate():
        return _page(form, found), 422
    try:
        actions.rewrite(found, form.terms(), form.hidden_marks())
        _attach(found, form)
    except actions.Refused as why:
        db.session.rollback()
        form.house.errors = [str(REFUSALS[why.why])]
        return _page(form, reach.memorandum(memorandum)), 422
    db.session.commit()
    flash(_("The draft is kept. Look it over and send it to a moderator."), "ok")
    return redirect(url_for("partners.memoranda.show", memorandum=memorandum), 303)


def _attach(memorandum: Memorandum, form: MemorandumForm) -> None:
    for use, raw in form.papers.items():
        actions.attach(memorandum, use, raw, current_user)


def _form(memorandum: Memorandum | None = None, **values: Any) -> MemorandumForm:
    """Partners may be organizations from anywhere; who signs and what is served lie within reach."""
    served = memorandum.campaigns if memorandum else ()
    return MemorandumForm(
        houses_within(reach.scope()), houses_within(EVERYWHERE), reach.servable(served), **values
    )


def _page(form: MemorandumForm, memorandum: Memorandum | None = None) -> str:
    return render_template("partners/write.html", form=form, memorandum=memorandum)
