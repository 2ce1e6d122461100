"""What becomes of the money a pool has left: proposed with the sponsor's word, decided by another person, paid."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.base.forms import StaffForm
from campaigns.base.sheba import parse_sheba
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.matching import closing as closings
from campaigns.domain.matching.models import MatchPool, Outcome, PoolClosing
from campaigns.domain.matching.pools import NoLonger, SamePerson
from campaigns.domain.matching.queries import closing_by_public_id
from campaigns.web.finance.closingforms import AgreeForm, ClosingForm, PaidBackForm, RefuseClosingForm
from campaigns.web.finance.poolpage import pool_page, reached
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("closings", __name__)
REFUSALS: dict[type[Exception], object] = {
    SamePerson: _l("This is your own proposal; another person answers it."),
    NoLonger: _l("Somebody else was first: look at what has become of it."),
    closings.NothingLeft: _l("Nothing is left in this pool."),
    closings.NotThere: _l("This campaign takes no money."),
    closings.Frozen: _l("No money leaves while something about it does not add up."),
}
FORMS: dict[str, type[StaffForm]] = {"agree": AgreeForm, "refuse": RefuseClosingForm, "pay": PaidBackForm}


@page.get("/pools/<public_id>/close")
@needs(Permission.HANDLE_MONEY)
def plan(public_id: str) -> ResponseReturnValue:
    pool = reached(public_id, Permission.HANDLE_MONEY)
    return _form_page(pool, ClosingForm(formdata=None).of(pool))


@page.post("/pools/<public_id>/close")
@needs(Permission.HANDLE_MONEY)
def offer(public_id: str) -> ResponseReturnValue:
    pool = reached(public_id, Permission.HANDLE_MONEY)
    form = ClosingForm().of(pool)
    if not form.validate():
        return _form_page(pool, form), 422
    outcome, word, campaign = Outcome(form.outcome.data), form.word.data, form.chosen
    try:
        closings.propose(pool, current_user, outcome, word, campaign)
    except tuple(REFUSALS) as why:
        db.session.rollback()
        return _form_page(reached(public_id, Permission.HANDLE_MONEY), form, str(REFUSALS[type(why)])), 422
    db.session.commit()
    flash(_("Proposed. The pool goes on until another person agrees."), "ok")
    return redirect(url_for("finance.pools.show", public_id=public_id), 303)


@page.get("/pools/<public_id>/close/<any(agree, refuse, pay):step>")
@needs(Permission.SEE_MONEY)
def back(public_id: str, step: str) -> ResponseReturnValue:
    """Where a page with an error was, looked at again, such as in another language."""
    return redirect(url_for("finance.pools.show", public_id=public_id), 303)


@page.post("/pools/<public_id>/close/<any(agree, refuse, pay):step>")
@needs(Permission.HANDLE_MONEY)
def answer(public_id: str, step: str) -> ResponseReturnValue:
    """About the closing that was read, whatever was proposed since."""
    pool, form = reached(public_id, Permission.HANDLE_MONEY), FORMS[step]()
    closing = closing_by_public_id(form["closing"].data or "")
    if closing is None or closing.pool_id != pool.id:
        abort(404)
    if not form.validate():
        return pool_page(pool, closing_form=form), 422
    try:
        _act(step, closing, form)()
    except tuple(REFUSALS) as why:
        db.session.rollback()
        pool = reached(public_id, Permission.HANDLE_MONEY)
        return pool_page(pool, problem=str(REFUSALS[type(why)]), closing_form=form), 422
    db.session.commit()
    flash(_("Done. It is written down below."), "ok")
    return redirect(url_for("finance.pools.show", public_id=public_id), 303)


def _act(step: str, closing: PoolClosing, form: StaffForm) -> Callable[[], None]:
    if step == "agree":
        return lambda: closings.agree(closing, current_user)
    if step == "refuse":
        return lambda: closings.refuse(closing, current_user, form["reason"].data)
    sheba = parse_sheba(form["bank_account"].data) or ""
    return lambda: closings.pay(closing, current_user, sheba, form["bank_reference"].data)


def _form_page(pool: MatchPool, form: ClosingForm, refusal: str = "") -> str:
    cards = cards_of([pool.campaign_id], language().code) if pool.campaign_id is not None else {}
    return render_template(
        "finance/close_pool.html",
        pool=pool,
        card=cards.get(pool.campaign_id or 0),
        form=form,
        errors=[("word", refusal)] if refusal else form.problems(),
    )
