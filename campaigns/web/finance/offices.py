"""Offices: what waits for finance, a new one, the people and card readers of each."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts.access import held, may, scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.counter import offices
from campaigns.domain.counter.errors import Refused
from campaigns.domain.counter.models import Office
from campaigns.domain.counter.queries import (
    by_public_id,
    clerks_of,
    deposits_of,
    open_deposits,
    open_sheets,
    readers_of,
    receipts_on,
    sheets_of,
    within,
)
from campaigns.domain.counter.sheets import open_figures
from campaigns.web.counterwords import DEPOSIT_LABELS, REFUSALS, SHEET_LABELS, name_of
from campaigns.web.finance.officeforms import ClerkForm, OfficeForm, ReaderForm
from campaigns.web.guards import must, needs

page = Blueprint("offices", __name__)


@page.get("/offices")
@needs(Permission.SEE_MONEY)
def index() -> ResponseReturnValue:
    """What waits for a second person first, then every office within reach."""
    scope = scope_of(current_user.id, Permission.SEE_MONEY)
    return render_template(
        "finance/offices.html",
        offices=within(scope),
        sheets=open_sheets(scope),
        deposits=open_deposits(scope),
        kinds=offices.KIND_LABELS,
        sheet_states=SHEET_LABELS,
        name_of=name_of,
        may_open=Permission.HANDLE_MONEY in held(current_user.id),
    )


@page.get("/offices/new")
@needs(Permission.HANDLE_MONEY)
def plan() -> ResponseReturnValue:
    return render_template("finance/new_office.html", form=OfficeForm())


@page.post("/offices/new")
@needs(Permission.HANDLE_MONEY)
def found() -> ResponseReturnValue:
    form = OfficeForm()
    if not form.validate():
        return render_template("finance/new_office.html", form=form), 422
    kind = offices.OfficeKind(form.kind.data)
    names = (form.name_fa.data, form.name_en.data)
    try:
        made = offices.found(form.code.data, kind, names, form.province.data, form.paper.data, current_user)
    except Refused as why:
        db.session.rollback()
        form.code.errors = [str(REFUSALS[why.code])]
        return render_template("finance/new_office.html", form=form), 422
    office_id = made.public_id
    db.session.commit()
    flash(_("The office is there. Give it people and card readers now."), "ok")
    return redirect(url_for("finance.offices.show", office=office_id), 303)


@page.get("/offices/<office>")
@needs(Permission.SEE_MONEY)
def show(office: str) -> ResponseReturnValue:
    return _page(reached(office, Permission.SEE_MONEY))


@page.post("/offices/<office>/clerks")
@needs(Permission.HANDLE_MONEY, recent=True)
def give(office: str) -> ResponseReturnValue:
    here = reached(office, Permission.HANDLE_MONEY)
    form = ClerkForm(here)
    if not form.validate():
        return _page(here, form), 422
    try:
        offices.give_clerk(here, form.people[form.person.data], current_user)
    except Refused as why:
        db.session.rollback()
        form.person.errors = [str(REFUSALS[why.code])]
        return _page(here, form), 422
    db.session.commit()
    flash(_("This person takes gifts here from now on."), "ok")
    return redirect(url_for("finance.offices.show", office=office), 303)


@page.post("/offices/<office>/clerks/<int(max=999999999):clerk>/take")
@needs(Permission.HANDLE_MONEY, recent=True)
def take(office: str, clerk: int) -> ResponseReturnValue:
    csrf.protect()
    here = reached(office, Permission.HANDLE_MONEY)
    if not offices.take_clerk(here, clerk, current_user):
        abort(404)
    db.session.commit()
    flash(_("This person takes no gifts here any more."), "ok")
    return redirect(url_for("finance.offices.show", office=office), 303)


@page.post("/offices/<office>/readers")
@needs(Permission.HANDLE_MONEY, recent=True)
def add(office: str) -> ResponseReturnValue:
    here, form = reached(office, Permission.HANDLE_MONEY), ReaderForm()
    if not form.validate():
        return _page(here, reader=form), 422
    try:
        offices.add_reader(here, form.number.data, current_user)
    except Refused:
        db.session.rollback()
        form.number.errors = [_("This card reader is known already, here or at another office.")]
        return _page(here, reader=form), 422
    db.session.commit()
    flash(_("The card reader is in use."), "ok")
    return redirect(url_for("finance.offices.show", office=office), 303)


@page.post("/offices/<office>/readers/<number>/switch")
@needs(Permission.HANDLE_MONEY, recent=True)
def switch(office: str, number: str) -> ResponseReturnValue:
    csrf.protect()
    here = reached(office, Permission.HANDLE_MONEY)
    reader = next((one for one in readers_of(here) if one.number == number), None) or abort(404)
    reader.is_used = not reader.is_used
    db.session.commit()
    return redirect(url_for("finance.offices.show", office=office), 303)


@page.post("/offices/<office>/open")
@needs(Permission.HANDLE_MONEY)
def turn(office: str) -> ResponseReturnValue:
    """Closes the office, or opens it again."""
    csrf.protect()
    here = reached(office, Permission.HANDLE_MONEY)
    offices.hold(here)
    here.is_open = not here.is_open
    db.session.commit()
    return redirect(url_for("finance.offices.show", office=office), 303)


def reached(public_id: str, permission: Permission) -> Office:
    """404 unless the signed-in person holds the permission in the province of the office."""
    office = by_public_id(public_id)
    if office is None:
        abort(404)
    must(permission, offices.where_is(office))
    return office


def _page(office: Office, clerk: ClerkForm | None = None, reader: ReaderForm | None = None) -> str:
    clerk, reader = clerk or ClerkForm(office, formdata=None), reader or ReaderForm(formdata=None)
    return render_template(
        "finance/office.html",
        office=office,
        name=name_of(office),
        kind=offices.KIND_LABELS[offices.OfficeKind(office.kind)],
        figures=open_figures(office),
        receipts=receipts_on(office, None),
        clerks=clerks_of(office),
        readers=readers_of(office),
        sheets=sheets_of(office),
        deposits=deposits_of(office),
        sheet_states=SHEET_LABELS,
        deposit_states=DEPOSIT_LABELS,
        clerk=clerk,
        reader=reader,
        errors=[*clerk.problems(), *reader.problems()],
        handles=may(current_user.id, Permission.HANDLE_MONEY, offices.where_is(office)),
    )
