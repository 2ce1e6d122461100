"""The day of an office: its receipts, what the book says, the count that ends it, cash for the bank."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.base.sheba import parse_sheba
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.counter import deposits, sheets
from campaigns.domain.counter.errors import Refused
from campaigns.domain.counter.models import Office, Sheet, SheetState
from campaigns.domain.counter.queries import deposits_of, receipts_on, sheets_of
from campaigns.web.counter.forms import CountForm, DepositForm
from campaigns.web.counter.reach import office_at, sheet_at
from campaigns.web.counterwords import DEPOSIT_LABELS, REFUSALS, SHEET_LABELS, name_of
from campaigns.web.guards import needs

page = Blueprint("day", __name__)


@page.get("/<office>/day")
@needs(Permission.TAKE_GIFTS)
def show(office: str) -> ResponseReturnValue:
    return _open_page(office_at(office))


@page.post("/<office>/day/count")
@needs(Permission.TAKE_GIFTS)
def count(office: str) -> ResponseReturnValue:
    here, form = office_at(office), CountForm()
    if not form.validate():
        return _open_page(here, form), 422
    why = _refused(lambda: sheets.count(here, form.counted.data, form.reason.data, current_user))
    if why:
        form["reason" if why == "reason" else "counted"].errors = [str(REFUSALS[why])]
        return _open_page(here, form), 422
    db.session.commit()
    flash(_("The day is over: gifts are the next day's now. Finance confirms the sheet."), "ok")
    return redirect(url_for("counter.day.show", office=office), 303)


@page.post("/<office>/day/deposit")
@needs(Permission.TAKE_GIFTS)
def deposit(office: str) -> ResponseReturnValue:
    here, form = office_at(office), DepositForm()
    if not form.validate():
        return _open_page(here, deposit=form), 422
    sheba = parse_sheba(form.bank_account.data) or ""
    why = _refused(lambda: deposits.send(here, form.rials.data, sheba, form.slip.data, current_user))
    if why:
        form["slip" if why == "slip" else "rials"].errors = [str(REFUSALS[why])]
        return _open_page(here, deposit=form), 422
    db.session.commit()
    flash(_("The cash is out of the drawer. Finance confirms it once the bank has it."), "ok")
    return redirect(url_for("counter.day.show", office=office), 303)


@page.get("/<office>/sheets/<sheet>")
@needs(Permission.TAKE_GIFTS)
def sheet(office: str, sheet: str) -> ResponseReturnValue:
    here = office_at(office)
    return _sheet_page(here, sheet_at(here, sheet), CountForm(formdata=None))


@page.post("/<office>/sheets/<sheet>/count")
@needs(Permission.TAKE_GIFTS)
def again(office: str, sheet: str) -> ResponseReturnValue:
    """A sheet that finance has sent back."""
    here = office_at(office)
    found, form = sheet_at(here, sheet), CountForm()
    if not form.validate():
        return _sheet_page(here, found, form), 422
    why = _refused(lambda: sheets.count_again(found, form.counted.data, form.reason.data, current_user))
    if why:
        form["reason" if why == "reason" else "counted"].errors = [str(REFUSALS[why])]
        return _sheet_page(here, found, form), 422
    db.session.commit()
    flash(_("The sheet waits for finance again."), "ok")
    return redirect(url_for("counter.day.sheet", office=office, sheet=sheet), 303)


def _refused(act: Callable[[], object]) -> str:
    """Does it; why not, when it may not be."""
    try:
        act()
    except Refused as why:
        db.session.rollback()
        return why.code
    return ""


def _open_page(office: Office, counting: CountForm | None = None, deposit: DepositForm | None = None) -> str:
    figures = sheets.open_figures(office)
    counting, deposit = counting or CountForm(formdata=None), deposit or DepositForm(formdata=None)
    return render_template(
        "counter/day.html",
        office=office,
        name=name_of(office),
        figures=figures,
        receipts=receipts_on(office, None),
        counting=counting,
        deposit=deposit,
        errors=[*counting.problems(), *deposit.problems()],
        is_over=figures.last_day > tehran_day(now()),
        sheets=sheets_of(office),
        deposits=deposits_of(office, 10),
        sheet_states=SHEET_LABELS,
        deposit_states=DEPOSIT_LABELS,
    )


def _sheet_page(office: Office, found: Sheet, form: CountForm) -> str:
    return render_template(
        "counter/sheet.html",
        office=office,
        name=name_of(office),
        sheet=found,
        figures=sheets.figures_of(found),
        receipts=receipts_on(office, found),
        form=form,
        state=SHEET_LABELS[SheetState(found.state)],
        may_count=found.state == SheetState.RETURNED,
    )
