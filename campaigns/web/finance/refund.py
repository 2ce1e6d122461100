"""One refund: what is asked for, what was done about it, and the next step."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.refunds import actions, queries
from campaigns.domain.refunds.errors import Refused
from campaigns.domain.refunds.holding import UNDER_WAY
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.reasons import REASON_LABELS
from campaigns.domain.refunds.reversals import ask
from campaigns.domain.refunds.states import RefundState, WrongStep, may_walk
from campaigns.web.finance.labels import labels_of, stands, why_not
from campaigns.web.finance.reach import place_of
from campaigns.web.finance.refund_forms import (
    ApproveForm,
    FailForm,
    FinishForm,
    LostForm,
    RefuseForm,
    SendForm,
    WonForm,
)
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.ways import gateway_of

page = Blueprint("refund", __name__)
Step = tuple[type[StaffForm], str, Callable[..., None], RefundState]
STEPS: dict[str, Step] = {
    "approve": (ApproveForm, "approving", actions.approve, RefundState.APPROVED),
    "refuse": (RefuseForm, "refusing", actions.refuse, RefundState.REFUSED),
    "send": (SendForm, "reference", actions.send, RefundState.SENT),
    "finish": (FinishForm, "seen", actions.finish, RefundState.DONE),
    "fail": (FailForm, "failing", actions.fail, RefundState.FAILED),
}
"""By the last word of the address: the form, its one field, what it does, and where it leads."""
OF_DISPUTES: dict[str, Step] = {
    step: found for step, found in STEPS.items() if step in {"approve", "refuse"}
} | {
    "finish": (LostForm, "seen", actions.finish, RefundState.DONE),
    "fail": (WonForm, "failing", actions.fail, RefundState.FAILED),
}
"""The same for a payment that the payer's bank disputes: nobody of us sends anything."""
ENDS = {
    RefundState.DONE: _l("The bank has taken the payment back. It is written down below."),
    RefundState.FAILED: _l(
        "The bank does not take it back. The money stands as before; ask for an ordinary refund."
    ),
    RefundState.SENT: _l(
        "The bank was asked and has not answered. We go on asking; nothing is lost meanwhile."
    ),
}
"""What a gateway that was asked to take a payment back has led to."""


@page.get("/refunds/<public_id>")
@needs(Permission.SEE_MONEY)
def show(public_id: str) -> ResponseReturnValue:
    return _page(_found(public_id, Permission.SEE_MONEY))


@page.get("/refunds/<public_id>/<any(approve, refuse, send, finish, fail, again):step>")
@needs(Permission.SEE_MONEY)
def back(public_id: str, step: str) -> ResponseReturnValue:
    """Where a page with an error was, looked at again, such as in another language."""
    return redirect(url_for("finance.refund.show", public_id=public_id), 303)


@page.post("/refunds/<public_id>/<any(approve, refuse, send, finish, fail):step>")
@needs(Permission.HANDLE_MONEY)
def carry_out(public_id: str, step: str) -> ResponseReturnValue:
    refund = _found(public_id, Permission.HANDLE_MONEY)
    if step not in _steps(refund):
        abort(404)
    kind, name, act, _after = _steps(refund)[step]
    form = kind()
    if not form.validate():
        return _page(refund, form), 422
    try:
        act(refund, current_user, form[name].data or "")
    except (Refused, WrongStep) as refusal:
        db.session.rollback()
        return _page(_found(public_id, Permission.HANDLE_MONEY), form, why_not(refusal)), 422
    db.session.commit()
    if step == "approve" and refund.is_reversal:
        return _asked(refund)
    flash(_("Done. It is written down below."), "ok")
    return redirect(url_for("finance.refund.show", public_id=public_id), 303)


@page.post("/refunds/<public_id>/again")
@needs(Permission.HANDLE_MONEY)
def again(public_id: str) -> ResponseReturnValue:
    """Asks the bank now, without waiting for the worker's turn."""
    csrf.protect()
    return _asked(_found(public_id, Permission.HANDLE_MONEY))


def _asked(refund: Refund) -> ResponseReturnValue:
    """The approval is written down; now, with no transaction open, the gateway is asked."""
    public_id, refund_id, attempt = refund.public_id, refund.id, refund.attempt
    gateway = gateway_of(attempt.gateway, attempt.account_id) if attempt else None
    db.session.commit()
    state = ask(refund_id, gateway)
    flash(str(ENDS.get(state, ENDS[RefundState.SENT])), "ok" if state is RefundState.DONE else "info")
    return redirect(url_for("finance.refund.show", public_id=public_id), 303)


def _found(public_id: str, permission: Permission) -> Refund:
    refund = queries.refund_by_public_id(public_id)
    if refund is None or not may(current_user.id, permission, place_of(refund.attempt)):
        abort(404)
    return refund


def _page(refund: Refund, sent: StaffForm | None = None, refusal: str = "") -> str:
    gift = refund.attempt.contribution if refund.attempt else None
    is_own = refund.requested_by_id == current_user.id
    handles = may(current_user.id, Permission.HANDLE_MONEY, place_of(refund.attempt))
    return render_template(
        "finance/refund.html",
        refund=refund,
        gift=gift,
        card=cards_of([gift.campaign_id], language().code)[gift.campaign_id] if gift else None,
        steps=queries.refund_steps(refund),
        stands=stands(refund),
        states=labels_of(refund),
        reasons=REASON_LABELS,
        forms=_forms(refund, sent, is_own) if handles else {},
        may_ask_again=handles and refund.is_reversal and refund.state in UNDER_WAY,
        is_own=is_own and refund.state == RefundState.REQUESTED,
        problems=sent.problems() if sent else [],
        refusal=refusal,
    )


def _steps(refund: Refund) -> dict[str, Step]:
    return OF_DISPUTES if refund.is_dispute else STEPS


def _forms(refund: Refund, sent: StaffForm | None, is_own: bool) -> dict[str, StaffForm]:
    """What this person may do now; the form that was sent keeps its words. Nobody sends a reversal by hand."""
    return {
        step: sent if isinstance(sent, kind) else kind(formdata=None)
        for step, (kind, _name, _act, after) in _steps(refund).items()
        if may_walk(refund.state, after)
        and not (step == "approve" and is_own)
        and not (refund.is_reversal and (step == "send" or refund.state == RefundState.APPROVED))
    }
