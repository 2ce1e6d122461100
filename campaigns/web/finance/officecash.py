"""The second person at an office's money: the sheet of a day, and cash that went to the bank."""

from collections.abc import Callable
from typing import Any

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
    found, form = _sheet(sheet, Permission.HANDLE_MONEY), WhyForm(formdata=None)
    why = _refused(lambda: sheets.confirm(found, current_user))
    if why:
        return _sheet_page(found, form, why), 422
    return _done("sheet", sheet, _("Confirmed. What differed is in its own account now."))


@page.post("/sheets/<sheet>/back")
@needs(Permission.HANDLE_MONEY)
def send_back(sheet: str) -> ResponseReturnValue:
    found, form = _sheet(sheet, Permission.HANDLE_MONEY), WhyForm()
    why = _refused(lambda: sheets.send_back(found, current_user, form.why.data)) if form.validate() else ""
    if form.errors or why:
        return _sheet_page(found, form, why), 422
    return _done("sheet", sheet, _("Sent back. A clerk counts once more."))


@page.get("/deposits/<deposit>")
@needs(Permission.SEE_MONEY)
def deposit(deposit: str) -> ResponseReturnValue:
    return _deposit_page(_deposit(deposit, Permission.SEE_MONEY), WhyForm(formdata=None))


@page.post("/deposits/<deposit>/confirm")
@needs(Permission.HANDLE_MONEY)
def confirm_deposit(deposit: str) -> ResponseReturnValue:
    csrf.protect()
    found, form = _deposit(deposit, Permission.HANDLE_MONEY), WhyForm(formdata=None)
    why = _refused(lambda: deposits.confirm(found, current_user))
    if why:
        return _deposit_page(found, form, why), 422
    return _done("deposit", deposit, _("Confirmed: the book has it at the bank."))


@page.post("/deposits/<deposit>/back")
@needs(Permission.HANDLE_MONEY)
def give_back(deposit: str) -> ResponseReturnValue:
    found, form = _deposit(deposit, Permission.HANDLE_MONEY), WhyForm()
    why = _refused(lambda: deposits.give_back(found, current_user, form.why.data)) if form.validate() else ""
    if form.errors or why:
        return _deposit_page(found, form, why), 422
    return _done("deposit", deposit, _("The book has it in the drawer again."))


def _done(kind: str, public_id: str, words: str) -> ResponseReturnValue:
    """Commits what was decided about this sheet or deposit, and shows it again."""
    db.session.commit()
    flash(words, "ok")
    return redirect(url_for(f"finance.officecash.{kind}", **{kind: public_id}), 303)


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
    return render_template(
        "finance/sheet.html",
        sheet=found,
        figures=sheets.figures_of(found),
        receipts=receipts_on(found.office, found),
        state=SHEET_LABELS[SheetState(found.state)],
        **_steps(found, found.state == SheetState.COUNTED, found.counted_by_id, form, problem),
    )


def _deposit_page(found: Deposit, form: WhyForm, problem: str = "") -> str:
    return render_template(
        "finance/deposit.html",
        deposit=found,
        sheba=shown(found.bank_account),
        state=DEPOSIT_LABELS[DepositState(found.state)],
        **_steps(found, found.state == DepositState.SENT, found.sent_by_id, form, problem),
    )


def _steps(found: Sheet | Deposit, waits: bool, by_id: int, form: WhyForm, problem: str) -> dict[str, Any]:
    """What both pages say of the second person's steps. `by_id`: the first person."""
    handles = may(current_user.id, Permission.HANDLE_MONEY, where_is(found.office))
    return {
        "name": name_of(found.office),
        "form": form,
        "problem": problem,
        "errors": [("steps", problem)] if problem else form.problems(),
        "may_decide": handles and waits and by_id != current_user.id,
        "waits_for_another": handles and waits and by_id == current_user.id,
    }
