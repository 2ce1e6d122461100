"""Requests to be forgotten: an administrator of the country carries each out or refuses it with a reason."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.base.fields import TextField, required
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.erasure import actions
from campaigns.domain.erasure.models import ErasureRequest
from campaigns.web.erasurewords import KEEPING, STATES, WHY_NOT
from campaigns.web.guards import must, needs

page = Blueprint("erasures", __name__)


class RefuseForm(StaffForm):
    reason = TextField(
        _l("Why it is refused, for who asked to read"), [required(_l("Write why it is refused"))], longest=500
    )


@page.get("/erasures")
@needs(Permission.MANAGE_PEOPLE)
def index() -> ResponseReturnValue:
    must(Permission.MANAGE_PEOPLE)
    rows = [(request, _what(request)) for request in actions.waiting()]
    return render_template("people/erasures.html", rows=rows)


@page.get("/erasures/<public_id>")
@needs(Permission.MANAGE_PEOPLE)
def show(public_id: str) -> ResponseReturnValue:
    return _page(_request(public_id), RefuseForm())


@page.post("/erasures/<public_id>/erase")
@needs(Permission.MANAGE_PEOPLE)
def erase(public_id: str) -> ResponseReturnValue:
    csrf.protect()
    request = _request(public_id)
    try:
        actions.erase(public_id, current_user)
    except actions.CannotErase as refused:
        return _page(request, RefuseForm(formdata=None), str(WHY_NOT[refused.why])), 422
    db.session.commit()
    flash(_("The data were erased for good. The book is as it was."), "ok")
    return redirect(url_for("people.erasures.index"), 303)


@page.post("/erasures/<public_id>/refuse")
@needs(Permission.MANAGE_PEOPLE)
def refuse(public_id: str) -> ResponseReturnValue:
    request, form = _request(public_id), RefuseForm()
    if not form.validate():
        return _page(request, form), 422
    try:
        actions.refuse(public_id, current_user, form.reason.data)
    except actions.CannotErase as refused:
        return _page(request, form, str(WHY_NOT[refused.why])), 422
    db.session.commit()
    flash(_("The request is refused; who asked reads your reason."), "ok")
    return redirect(url_for("people.erasures.index"), 303)


def _request(public_id: str) -> ErasureRequest:
    must(Permission.MANAGE_PEOPLE)
    return actions.find(public_id) or abort(404)


def _what(request: ErasureRequest) -> str:
    thing = actions.subject(request)
    if isinstance(thing, User):
        return _("Account of %(name)s", name=thing.name)
    if isinstance(thing, Contribution):
        return _("Giver of a gift, %(id)s", id=thing.public_id)
    return _("Giver of goods, %(id)s", id=thing.public_id)


def _page(request: ErasureRequest, form: RefuseForm, refusal: str = "") -> str:
    return render_template(
        "people/erasure.html",
        asked=request,
        what=_what(request),
        thing=actions.subject(request),
        form=form,
        refusal=refusal,
        states=STATES,
        keeping=KEEPING,
    )
