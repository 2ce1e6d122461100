"""The second person at an office's money: the sheet of a day, and cash that went to the bank."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.base.sheba import shown
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.counter import deposits, sheets
from campaigns.domain.counter.errors import Refused
from campaigns.domain.counter.models import Deposit, DepositState, Sheet, SheetState
from campaigns.domain.counter.offices import where_is
from campaigns.domain.counter.queries import deposit_by_public_id, receipts_on, sheet_by_public_id
from campaigns.web.counterwords import DEPOSIT_LABELS, REFUSALS, SHEET_LABELS, name_of
from campaigns.web.finance.officeforms import WhyForm
from campaigns.web.guards import must, needs

page = Blueprint("officecash", __name__)


@page.get("/sheets/<sheet>")
@needs(Permission.SEE_MONEY)
def sheet(sheet: str) -> ResponseReturnValue:
    return _sheet_page(_sheet(sheet, Permission.SEE_MONEY), WhyForm(formdata=None))


@page.post("/sheets/<sheet>/confirm")
@needs(Permission.HANDLE_MONEY)
def confirm_sheet(sheet: str) -> ResponseReturnValue:
    csrf.protect()
    found = _sheet(sheet, Permission.HANDLE_MONEY)
    why = _refused(lambda: sheets.confirm(found, current_user))
    if why:
        return _sheet_page(found, WhyForm(formdata=None), why), 422
    db.session.commit()
    flash(_("Confirmed. What differed is in its own account now."), "ok")
    return redirect(url_for("finance.officecash.sheet", sheet=sheet), 303)


@page.post("/sheets/<sheet>/back")
@needs(Permission.HANDLE_MONEY)
def send_back(sheet: str) -> ResponseReturnValue:
    found, form = _sheet(sheet, Permission.HANDLE_MONEY), WhyForm()
    if not form.validate():
        return _sheet_page(found, form), 422
    why = _refused(lambda: sheets.send_back(found, current_user, form.why.data))
    if why:
        return _sheet_page(found, form, why), 422
    db.session.commit()
    flash(_("Sent back. A clerk counts once more."), "ok")
    return redirect(url_for("finance.officecash.sheet", sheet=sheet), 303)


@page.get("/deposits/<deposit>")
@needs(Permission.SEE_MONEY)
def deposit(deposit: str) -> ResponseReturnValue:
    return _deposit_page(_deposit(deposit, Permission.SEE_MONEY), WhyForm(formdata=None))


@page.post("/deposits/<deposit>/confirm")
@needs(Permission.HANDLE_MONEY)
def confirm_deposit(deposit: str) -> ResponseReturnValue:
    csrf.protect()
    found = _deposit(deposit, Permission.HANDLE_MONEY)
    why = _refused(lambda: deposits.confirm(found, current_user))
    if why:
        return _deposit_page(found, WhyForm(formdata=None), why), 422
    db.session.commit()
    flash(_("Confirmed: the book has it at the bank."), "ok")
    return redirect(url_for("finance.officecash.deposit", deposit=deposit), 303)


@page.post("/deposits/<deposit>/back")
@needs(Permission.HANDLE_MONEY)
def give_back(deposit: str) -> ResponseReturnValue:
    found, form = _deposit(deposit, Permission.HANDLE_MONEY), WhyForm()
    if not form.validate():
        return _deposit_page(found, form), 422
    why = _refused(lambda: deposits.give_back(found, current_user, form.why.data))
    if why:
        return _deposit_page(found, form, why), 422
    db.session.commit()
    flash(_("The book has it in the drawer again."), "ok")
    return redirect(url_for("finance.officecash.deposit", deposit=deposit), 303)


def _sheet(public_id: str, permission: Permission) -> Sheet:
    found = sheet_by_public_id(public_id) or abort(404)
    must(permission, where_is(found.office))
    return found


def _deposit(public_id: str, permission: Permission) -> Deposit:
    found = deposit_by_public_id(public_id) or abort(404)
    must(permission, where_is(found.office))
    return found


def _refused(act: Callable[[], None]) -> str:
    """Does it; why not, in a sentence, when it may not be."""
    try:
        act()
    except Refused as why:
        db.session.rollback()
        return str(REFUSALS[why.code])
    return ""


def _sheet_page(found: Sheet, form: WhyForm, problem: str = "") -> str:
    handles = may(current_user.id, Permission.HANDLE_MONEY, where_is(found.office))
    waits, mine = found.state == SheetState.COUNTED, found.counted_by_id == current_user.id
    return render_template(
        "finance/sheet.html",
        sheet=found,
        name=name_of(found.office),
        figures=sheets.figures_of(found),
        receipts=receipts_on(found.office, found),
        state=SHEET_LABELS[SheetState(found.state)],
        form=form,
        problem=problem,
        errors=[("steps", problem)] if problem else form.problems(),
        may_decide=handles and waits and not mine,
        waits_for_another=handles and waits and mine,
    )


def _deposit_page(found: Deposit, form: WhyForm, problem: str = "") -> str:
    handles = may(current_user.id, Permission.HANDLE_MONEY, where_is(found.office))
    waits, mine = found.state == DepositState.SENT, found.sent_by_id == current_user.id
    return render_template(
        "finance/deposit.html",
        deposit=found,
        name=name_of(found.office),
        sheba=shown(found.bank_account),
        state=DEPOSIT_LABELS[DepositState(found.state)],
        form=form,
        problem=problem,
        errors=[("steps", problem)] if problem else form.problems(),
        may_decide=handles and waits and not mine,
        waits_for_another=handles and waits and mine,
    )
