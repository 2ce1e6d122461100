"""Settlements: what a gateway paid to our bank, entered by one person and confirmed by another."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.base.sheba import shown
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.settlements import actions
from campaigns.domain.settlements.actions import Refused
from campaigns.domain.settlements.clearing import holding
from campaigns.domain.settlements.models import Settlement, State
from campaigns.domain.settlements.queries import batch_of, by_public_id, parts_by_day
from campaigns.web.finance.clearing_words import REFUSALS, STATE_LABELS, WRONG
from campaigns.web.finance.holders import holders, must_reach
from campaigns.web.finance.settlement_forms import ConfirmForm, RefuseForm, SettlementForm
from campaigns.web.guards import needs

page = Blueprint("settlements", __name__)
DONE = {
    "confirm": _l("Confirmed. The money is on our bank account by the book."),
    "refuse": _l("Refused. The book was not touched."),
}


@page.get("/settlements/new")
@needs(Permission.HANDLE_MONEY)
def blank() -> ResponseReturnValue:
    """The form, begun with the terminal of the address and its oldest day that is open."""
    form, terminal = _form(), request.args.get("terminal", "")
    if terminal in holders(Permission.HANDLE_MONEY):
        form.terminal.data, form.first_day.data = terminal, holding(terminal).oldest
    return _form_page(form)


@page.post("/settlements/new")
@needs(Permission.HANDLE_MONEY)
def enter() -> ResponseReturnValue:
    form = _form()
    if not form.validate():
        return _form_page(form), 422
    must_reach(form.terminal.data, Permission.HANDLE_MONEY)
    try:
        settlement = actions.enter(form.advice(), current_user)
    except Refused as refusal:
        db.session.rollback()
        field, sentence = WRONG[refusal.why]
        form[field].errors = [str(sentence)]
        return _form_page(form), 422
    public_id = settlement.public_id
    db.session.commit()
    flash(_("Entered. It is in the book once another person has found it at the bank too."), "ok")
    return redirect(url_for("finance.settlements.show", public_id=public_id), 303)


@page.get("/settlements/<public_id>")
@needs(Permission.SEE_MONEY)
def show(public_id: str) -> ResponseReturnValue:
    return _page(_found(public_id, Permission.SEE_MONEY))


@page.get("/settlements/<public_id>/<any(confirm, refuse):step>")
@needs(Permission.SEE_MONEY)
def back(public_id: str, step: str) -> ResponseReturnValue:
    """Where a page with an error was, looked at again, such as in another language."""
    return redirect(url_for("finance.settlements.show", public_id=public_id), 303)


@page.post("/settlements/<public_id>/confirm")
@needs(Permission.HANDLE_MONEY)
def confirm(public_id: str) -> ResponseReturnValue:
    settlement, form = _found(public_id, Permission.HANDLE_MONEY), ConfirmForm()
    if not form.validate():
        return _page(settlement), 422
    return _step(settlement, "confirm", lambda: actions.confirm(settlement, current_user))


@page.post("/settlements/<public_id>/refuse")
@needs(Permission.HANDLE_MONEY)
def refuse(public_id: str) -> ResponseReturnValue:
    settlement, form = _found(public_id, Permission.HANDLE_MONEY), RefuseForm()
    if not form.validate():
        return _page(settlement, form), 422
    return _step(settlement, "refuse", lambda: actions.refuse(settlement, current_user, form.reason.data))


def _found(public_id: str, permission: Permission) -> Settlement:
    settlement = by_public_id(public_id)
    if settlement is None:
        abort(404)
    must_reach(settlement.terminal, permission)
    return settlement


def _step(settlement: Settlement, name: str, act: Callable[[], None]) -> ResponseReturnValue:
    """Does it and commits; says why not when it may not be."""
    public_id = settlement.public_id
    try:
        act()
    except Refused as refusal:
        db.session.rollback()
        return _page(_found(public_id, Permission.HANDLE_MONEY), refusal=REFUSALS[refusal.why]), 422
    db.session.commit()
    flash(str(DONE[name]), "ok")
    return redirect(url_for("finance.settlements.show", public_id=public_id), 303)


def _form() -> SettlementForm:
    return SettlementForm(holders(Permission.HANDLE_MONEY).values())


def _form_page(form: SettlementForm) -> str:
    return render_template("finance/new_settlement.html", form=form)


def _page(settlement: Settlement, refusing: RefuseForm | None = None, refusal: Any = "") -> str:
    holder = must_reach(settlement.terminal)
    open_to_me = settlement.state == State.ENTERED and may(
        current_user.id, Permission.HANDLE_MONEY, holder.place
    )
    mine = settlement.entered_by_id == current_user.id
    return render_template(
        "finance/settlement.html",
        settlement=settlement,
        holder=holder,
        batch=batch_of(settlement),
        parts=parts_by_day(settlement),
        sheba=shown(settlement.bank_account),
        states=STATE_LABELS,
        mine=mine,
        may_refuse=open_to_me,
        confirming=ConfirmForm(formdata=None) if open_to_me and not mine else None,
        refusing=refusing or RefuseForm(formdata=None),
        problems=refusing.problems() if refusing else [],
        refusal=refusal,
    )
