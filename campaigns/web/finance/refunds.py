"""Refunds: the list, and asking for one of a payment found by its tracking code."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.clock import now
from campaigns.base.codes import parse_code
from campaigns.base.extensions import db
from campaigns.base.money import RIALS_PER_TOMAN
from campaigns.domain.accounts.access import held, may, scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.queries import where_is
from campaigns.domain.claims.queries import claim_of
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.contributions.queries import by_code
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.queries import attempt_by_public_id, paid_attempts
from campaigns.domain.payments.states import State
from campaigns.domain.refunds import disputes, queries
from campaigns.domain.refunds.actions import request as request_refund
from campaigns.domain.refunds.errors import Refused, Spent
from campaigns.domain.refunds.reasons import REASON_LABELS, Reason
from campaigns.domain.refunds.states import RefundState
from campaigns.web.finance.labels import REFUND_LABELS, stands, why_not
from campaigns.web.finance.reach import place_of, reverse_until
from campaigns.web.finance.refund_forms import DisputeForm, RequestForm
from campaigns.web.guards import needs

page = Blueprint("refunds", __name__)
SHOWN = 50


@page.get("/refunds")
@needs(Permission.SEE_MONEY)
def show() -> ResponseReturnValue:
    """A page of them; of those the reader may see the next begins after the last row of this one."""
    state = request.args.get("state", "")
    if state and state not in set(RefundState):
        abort(404)
    scope, after = scope_of(current_user.id, Permission.SEE_MONEY), request.args.get("after", "")
    last = queries.refund_by_public_id(after) if after else None
    rows = queries.refunds(scope, current_user.id, state, last, SHOWN + 1)
    return render_template(
        "finance/refunds.html",
        rows=rows[:SHOWN],
        older=rows[SHOWN - 1].public_id if len(rows) > SHOWN else "",
        paged=last is not None,
        states=REFUND_LABELS,
        stands=stands,
        chosen=state,
        reasons=REASON_LABELS,
        may_ask=Permission.HANDLE_MONEY in held(current_user.id),
    )


@page.get("/refunds/find")
@needs(Permission.HANDLE_MONEY)
def find() -> ResponseReturnValue:
    """A payment by the tracking code of its gift; a gift that was paid twice has two."""
    typed = request.args.get("code", "")[:40]
    if not typed.strip():
        return render_template("finance/find.html", typed="", found=[], problems=[])
    code = parse_code(typed)
    gift = by_code(code) if code else None
    found = [row for row in (paid_attempts(gift.id) if gift else []) if _may(row, Permission.HANDLE_MONEY)]
    if len(found) == 1:
        return redirect(url_for("finance.refunds.ask", attempt=found[0].public_id), 303)
    problems = [] if found else [("code", _nothing(gift))]
    return render_template("finance/find.html", typed=typed, found=found, problems=problems), (
        200 if found else 422
    )


def _nothing(gift: Contribution | None) -> str:
    """Why no payment can be given back here."""
    claim = claim_of(gift.id) if gift else None
    if gift and claim and may(current_user.id, Permission.HANDLE_MONEY, where_is(gift.campaign)):
        return _("This gift came by a transfer, without a gateway: the bank returns it, not this page.")
    return _("We know no paid gift with this code.")


@page.get("/refunds/of/<attempt>")
@needs(Permission.HANDLE_MONEY)
def ask(attempt: str) -> ResponseReturnValue:
    payment = _found(attempt)
    return _page(payment, RequestForm.of(_left(payment), _reversible(payment)))


@page.post("/refunds/of/<attempt>")
@needs(Permission.HANDLE_MONEY)
def send(attempt: str) -> ResponseReturnValue:
    payment = _found(attempt)
    form = RequestForm().offer(_reversible(payment))
    if not form.validate():
        return _page(payment, form), 422
    until = reverse_until(payment) if form.is_reversal else None
    reason, words = Reason(form.reason.data), form.text.data
    try:
        made = request_refund(payment, current_user, form.rials(), reason, words, until)
    except Refused as refusal:
        db.session.rollback()
        return _page(_found(attempt), form, why_not(refusal)), 422
    db.session.commit()
    flash(_("Asked for. Another person approves it now."), "ok")
    return redirect(url_for("finance.refund.show", public_id=made.public_id), 303)


@page.get("/refunds/of/<attempt>/dispute")
@needs(Permission.HANDLE_MONEY)
def disputed(attempt: str) -> ResponseReturnValue:
    payment = _found(attempt)
    return _dispute_page(payment, DisputeForm(data={"amount": str(_left(payment) // RIALS_PER_TOMAN)}))


@page.post("/refunds/of/<attempt>/dispute")
@needs(Permission.HANDLE_MONEY)
def record(attempt: str) -> ResponseReturnValue:
    """What was spent already cannot be held: then people are asked to see to it."""
    payment, form = _found(attempt), DisputeForm()
    if not form.validate():
        return _dispute_page(payment, form), 422
    try:
        made = disputes.record(payment, current_user, form.rials(), form.case.data, form.text.data)
    except Refused as refusal:
        db.session.rollback()
        payment = _found(attempt)
        if isinstance(refusal, Spent):
            disputes.ask_people(payment, form.rials(), form.case.data)
            db.session.commit()
        return _dispute_page(payment, form, why_not(refusal)), 422
    db.session.commit()
    flash(_("Recorded. Another person looks at it now."), "ok")
    return redirect(url_for("finance.refund.show", public_id=made.public_id), 303)


def _may(attempt: PaymentAttempt, permission: Permission) -> bool:
    return may(current_user.id, permission, place_of(attempt))


def _reversible(attempt: PaymentAttempt) -> bool:
    """Whether its gateway would still take all of it back."""
    until = reverse_until(attempt)
    return until is not None and now() <= until and not attempt.refund_reserved_rials


def _left(attempt: PaymentAttempt) -> int:
    return attempt.captured_rials - attempt.refund_reserved_rials


def _found(public_id: str) -> PaymentAttempt:
    attempt = attempt_by_public_id(public_id)
    if attempt is None or attempt.state != State.PAID or not _may(attempt, Permission.HANDLE_MONEY):
        abort(404)
    return attempt


def _dispute_page(attempt: PaymentAttempt, form: DisputeForm, refusal: str = "") -> str:
    return render_template(
        "finance/dispute.html",
        attempt=attempt,
        gift=attempt.contribution,
        left=_left(attempt),
        form=form,
        refusal=refusal,
    )


def _page(attempt: PaymentAttempt, form: RequestForm, refusal: str = "") -> str:
    return render_template(
        "finance/ask.html",
        attempt=attempt,
        gift=attempt.contribution,
        left=_left(attempt),
        earlier=queries.refunds_of(attempt),
        stands=stands,
        until=reverse_until(attempt),
        form=form,
        refusal=refusal,
    )
