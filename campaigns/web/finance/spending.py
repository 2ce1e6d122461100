"""One spending: who wants it, who agreed, whether the bank has paid; and the steps that lead there."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.base.sheba import parse_sheba, shown
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.queries import where_is
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.contributions.rules import PURPOSE_LABELS
from campaigns.domain.funds import actions
from campaigns.domain.funds.models import Spending, State
from campaigns.domain.funds.queries import buckets, by_public_id
from campaigns.domain.funds.refusals import Refused
from campaigns.domain.insights.portal import cards_of
from campaigns.web.finance.fundforms import PaidForm, ReasonForm
from campaigns.web.finance.fundwords import STATE_LABELS, sentence
from campaigns.web.guards import must, needs
from campaigns.web.locale import language

page = Blueprint("spending", __name__)
DONE = {
    "approve": _l("Approved. The money is out of the bucket and owed to who is paid."),
    "refuse": _l("Refused. The bucket was not touched."),
    "pay": _l("The payment is in the book."),
    "call-off": _l("Called off. The money is back in its bucket."),
}


@page.get("/spendings/<public_id>")
@needs(Permission.SEE_MONEY)
def show(public_id: str) -> ResponseReturnValue:
    return _page(_reached(public_id, Permission.SEE_MONEY))


@page.post("/spendings/<public_id>/approve")
@needs(Permission.HANDLE_MONEY)
def approve(public_id: str) -> ResponseReturnValue:
    csrf.protect()
    spending = _reached(public_id, Permission.HANDLE_MONEY)
    return _step(spending, "approve", lambda: actions.approve(spending, current_user))


@page.post("/spendings/<public_id>/refuse")
@needs(Permission.HANDLE_MONEY)
def refuse(public_id: str) -> ResponseReturnValue:
    spending, form = _reached(public_id, Permission.HANDLE_MONEY), ReasonForm()
    if not form.validate():
        return _page(spending, form), 422
    return _step(spending, "refuse", lambda: actions.refuse(spending, current_user, form.reason.data))


@page.post("/spendings/<public_id>/pay")
@needs(Permission.HANDLE_MONEY)
def pay(public_id: str) -> ResponseReturnValue:
    spending, form = _reached(public_id, Permission.HANDLE_MONEY), PaidForm()
    if not form.validate():
        return _page(spending, paid=form), 422
    sheba, reference = parse_sheba(form.bank_account.data) or "", form.bank_reference.data
    return _step(spending, "pay", lambda: actions.pay(spending, current_user, sheba, reference))


@page.post("/spendings/<public_id>/call-off")
@needs(Permission.HANDLE_MONEY)
def call_off(public_id: str) -> ResponseReturnValue:
    spending, form = _reached(public_id, Permission.HANDLE_MONEY), ReasonForm()
    if not form.validate():
        return _page(spending, form), 422
    return _step(spending, "call-off", lambda: actions.call_off(spending, current_user, form.reason.data))


def _reached(public_id: str, permission: Permission) -> Spending:
    spending = by_public_id(public_id)
    if spending is None:
        abort(404)
    must(permission, where_is(spending.campaign))
    return spending


def _step(spending: Spending, name: str, act: Callable[[], None]) -> ResponseReturnValue:
    """Does it and commits; says why not when it may not be."""
    try:
        act()
    except Refused as why:
        db.session.rollback()
        return _page(spending, problem=sentence(why)), 422
    db.session.commit()
    flash(str(DONE[name]), "ok")
    return redirect(url_for("finance.spending.show", public_id=spending.public_id), 303)


def _page(
    spending: Spending, reason: ReasonForm | None = None, paid: PaidForm | None = None, problem: str = ""
) -> str:
    mine = spending.proposed_by_id == current_user.id
    handles = may(current_user.id, Permission.HANDLE_MONEY, where_is(spending.campaign))
    reason, paid = reason or ReasonForm(formdata=None), paid or PaidForm(formdata=None)
    errors = [("steps", problem)] if problem else [*reason.problems(), *paid.problems()]
    return render_template(
        "finance/spending.html",
        spending=spending,
        card=cards_of([spending.campaign_id], language().code)[spending.campaign_id],
        bucket=next((one for one in buckets(spending.campaign_id) if one.intent == spending.intent), None),
        intent=INTENT_LABELS[spending.intent],
        purpose=PURPOSE_LABELS[spending.purpose],
        state=STATE_LABELS[State(spending.state)],
        sheba=shown(spending.bank_account) if spending.bank_account else "",
        reason=reason,
        paid=paid,
        problem=problem,
        errors=errors,
        may_decide=handles and not mine and spending.state == State.PROPOSED,
        waits_for_another=handles and mine and spending.state == State.PROPOSED,
        may_pay=handles and spending.state == State.APPROVED,
    )
