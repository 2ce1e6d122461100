"""The page of one pool, which the steps of opening it and of closing it both lead back to."""

from typing import Any

from flask import abort, render_template
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.base.forms import StaffForm
from campaigns.base.sheba import shown
from campaigns.domain.accounts.access import COUNTRY, Where, may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.queries import where_is
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.matching.models import ClosingState, MatchPool, Outcome, PoolClosing, State
from campaigns.domain.matching.queries import by_public_id, closings_of
from campaigns.web.finance.closingforms import OUTCOME_LABELS, AgreeForm, PaidBackForm, RefuseClosingForm
from campaigns.web.finance.fundforms import PaidForm
from campaigns.web.guards import must
from campaigns.web.locale import language

STATE_LABELS = {
    State.PROPOSED: _l("waits for a second person"),
    State.OPEN: _l("open"),
    State.REFUSED: _l("refused"),
    State.CLOSED: _l("closed"),
}
CLOSING_LABELS = {
    ClosingState.PROPOSED: _l("waits for a second person"),
    ClosingState.APPROVED: _l("agreed, the bank has not paid yet"),
    ClosingState.DONE: _l("done"),
    ClosingState.REFUSED: _l("refused"),
}


def where(pool: MatchPool) -> Where:
    return where_is(pool.campaign) if pool.campaign else COUNTRY


def reached(public_id: str, permission: Permission) -> MatchPool:
    """The pool, for who holds the permission there; else 404."""
    pool = by_public_id(public_id)
    if pool is None:
        abort(404)
    must(permission, where(pool))
    return pool


def pool_page(
    pool: MatchPool, form: PaidForm | None = None, problem: str = "", closing_form: StaffForm | None = None
) -> str:
    """`form`: of opening it; `closing_form`: one that was sent about its closing; `problem`: why a step was refused."""
    handles = may(current_user.id, Permission.HANDLE_MONEY, where(pool))
    waits, mine = pool.state == State.PROPOSED, pool.proposed_by_id == current_user.id
    form = form or PaidForm(formdata=None)
    closings = closings_of(pool)
    named = {pool.campaign_id, *(one.campaign_id for one in closings)} - {None}
    sent = closing_form.problems() if closing_form else form.problems()
    return render_template(
        "finance/pool.html",
        pool=pool,
        cards=cards_of(sorted(number for number in named if number), language().code),
        state=STATE_LABELS[State(pool.state)],
        sheba=shown(pool.bank_account) if pool.bank_account else "",
        shown=shown,
        form=form,
        problem=problem,
        errors=[("steps", problem)] if problem else sent,
        may_decide=handles and waits and not mine,
        waits_for_another=handles and waits and mine,
        closings=closings,
        closing_states=CLOSING_LABELS,
        outcomes=OUTCOME_LABELS,
        may_close=handles and _may_be_closed(pool, closings),
        **(_closing_steps(closings, closing_form) if handles else {}),
    )


def _may_be_closed(pool: MatchPool, closings: list[PoolClosing]) -> bool:
    proposed = any(one.state == ClosingState.PROPOSED for one in closings)
    return pool.state in {State.OPEN, State.CLOSED} and pool.left_rials > 0 and not proposed


def _closing_steps(closings: list[PoolClosing], sent: StaffForm | None) -> dict[str, Any]:
    """The closing that waits, and the forms of what may be said about it."""
    waiting = {ClosingState.PROPOSED, ClosingState.APPROVED}
    one = next((one for one in closings if one.state in waiting), None)
    if one is None:
        return {}
    kinds: tuple[type[StaffForm], ...] = (PaidBackForm,)
    if one.state == ClosingState.PROPOSED:
        kinds = () if one.proposed_by_id == current_user.id else (AgreeForm, RefuseClosingForm)
    names = {AgreeForm: "agree_form", RefuseClosingForm: "refuse_form", PaidBackForm: "pay_form"}
    forms: dict[str, Any] = {}
    for kind in kinds:
        forms[names[kind]] = sent if isinstance(sent, kind) else kind(formdata=None)
        forms[names[kind]]["closing"].data = one.public_id
    own = one.state == ClosingState.PROPOSED and not kinds
    return {"closing": one, "closing_is_own": own, "returns": one.outcome == Outcome.RETURN, **forms}
