"""One refund: what is asked for, what was done about it, and the next step."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.refunds import actions, queries
from campaigns.domain.refunds.errors import Refused
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.reasons import REASON_LABELS
from campaigns.domain.refunds.states import RefundState, WrongStep, may_walk
from campaigns.web.finance.labels import REFUND_LABELS, REFUSALS
from campaigns.web.finance.reach import place_of
from campaigns.web.finance.refund_forms import ApproveForm, FailForm, FinishForm, RefuseForm, SendForm
from campaigns.web.guards import needs
from campaigns.web.locale import language

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


@page.get("/refunds/<public_id>")
@needs(Permission.SEE_MONEY)
def show(public_id: str) -> ResponseReturnValue:
    return _page(_found(public_id, Permission.SEE_MONEY))


@page.get("/refunds/<public_id>/<any(approve, refuse, send, finish, fail):step>")
@needs(Permission.SEE_MONEY)
def back(public_id: str, step: str) -> ResponseReturnValue:
    """Where a page with an error was, looked at again, such as in another language."""
    return redirect(url_for("finance.refund.show", public_id=public_id), 303)


@page.post("/refunds/<public_id>/<any(approve, refuse, send, finish, fail):step>")
@needs(Permission.HANDLE_MONEY)
def carry_out(public_id: str, step: str) -> ResponseReturnValue:
    refund = _found(public_id, Permission.HANDLE_MONEY)
    kind, name, act, _after = STEPS[step]
    form = kind()
    if not form.validate():
        return _page(refund, form), 422
    try:
        act(refund, current_user, form[name].data or "")
    except (Refused, WrongStep) as refusal:
        db.session.rollback()
        why = REFUSALS[refusal.why if isinstance(refusal, Refused) else "moved"]
        return _page(_found(public_id, Permission.HANDLE_MONEY), form, why), 422
    db.session.commit()
    flash(_("Done. It is written down below."), "ok")
    return redirect(url_for("finance.refund.show", public_id=public_id), 303)


def _found(public_id: str, permission: Permission) -> Refund:
    refund = queries.refund_by_public_id(public_id)
    if refund is None or not may(current_user.id, permission, place_of(refund.attempt)):
        abort(404)
    return refund


def _page(refund: Refund, sent: StaffForm | None = None, refusal: Any = "") -> str:
    gift = refund.attempt.contribution
    is_own = refund.requested_by_id == current_user.id
    handles = may(current_user.id, Permission.HANDLE_MONEY, place_of(refund.attempt))
    forms = {
        step: sent if isinstance(sent, kind) else kind(formdata=None)
        for step, (kind, _name, _act, after) in STEPS.items()
        if handles and may_walk(refund.state, after) and not (step == "approve" and is_own)
    }
    return render_template(
        "finance/refund.html",
        refund=refund,
        gift=gift,
        card=cards_of([gift.campaign_id], language().code)[gift.campaign_id],
        steps=queries.refund_steps(refund),
        states=REFUND_LABELS,
        reasons=REASON_LABELS,
        forms=forms,
        is_own=is_own and refund.state == RefundState.REQUESTED,
        problems=sent.problems() if sent else [],
        refusal=refusal,
    )
