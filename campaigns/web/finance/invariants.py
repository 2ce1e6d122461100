"""What must always be true of the money, what was found broken, and answering for it: two people, with reasons."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.base.fields import TextField, required
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.access import COUNTRY, may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.invariants.watch import INVARIANTS
from campaigns.domain.ledger import breaches
from campaigns.web.guards import must, needs

page = Blueprint("invariants", __name__)


class ClearForm(StaffForm):
    reason = TextField(
        _l("What you found"),
        [required(_l("Write what you found and why money may leave again"))],
        longest=300,
        description=_l("Your name and this sentence are kept for good."),
    )


@page.get("/invariants")
@needs(Permission.SEE_MONEY)
def show() -> ResponseReturnValue:
    must(Permission.SEE_MONEY)
    rows = breaches.breaches()
    return render_template(
        "finance/invariants.html",
        rows=rows,
        answers=breaches.clearances([row.id for row in rows]),
        people=breaches.PEOPLE,
        invariants=INVARIANTS,
        frozen=breaches.payouts_frozen(),
        may_clear=may(current_user.id, Permission.HANDLE_MONEY, COUNTRY),
    )


@page.get("/invariants/<public_id>")
@needs(Permission.HANDLE_MONEY)
def answer(public_id: str) -> ResponseReturnValue:
    return _page(_open(public_id), ClearForm())


@page.post("/invariants/<public_id>")
@needs(Permission.HANDLE_MONEY)
def clear(public_id: str) -> ResponseReturnValue:
    breach = _open(public_id)
    form = ClearForm()
    if not form.validate():
        return _page(breach, form), 422
    try:
        last = breaches.clear(breach, current_user.id, form.reason.data)
    except breaches.CannotClear:
        flash(_("You have answered for this already, or two people have. It takes another person."), "warn")
        return redirect(url_for("finance.invariants.show"), 303)
    db.session.commit()
    if last:
        flash(_("Two people have answered for this. It freezes nothing any more."), "ok")
    else:
        flash(_("Written down. One more person must answer for it before money may leave."), "ok")
    return redirect(url_for("finance.invariants.show"), 303)


def _open(public_id: str) -> breaches.Breach:
    must(Permission.HANDLE_MONEY)
    breach = breaches.by_public_id(public_id)
    if breach is None or breach.clearances >= breaches.PEOPLE:
        abort(404)
    return breach


def _page(breach: breaches.Breach, form: ClearForm) -> str:
    answers = breaches.clearances([breach.id]).get(breach.id, [])
    return render_template(
        "finance/answer.html", breach=breach, answers=answers, form=form, invariants=INVARIANTS
    )
