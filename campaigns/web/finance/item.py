"""One review item: what happened, what people said about it, and the decision of two."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.refunds import decisions
from campaigns.domain.refunds.errors import Refused
from campaigns.domain.refunds.queries import (
    events_of,
    is_unbooked,
    item_by_public_id,
    outcomes,
    standing_proposal,
    steps_of,
    waiting_rials,
)
from campaigns.domain.refunds.reversals import ask
from campaigns.domain.refunds.states import ItemState, WrongStep
from campaigns.web.finance.clearing_words import way_name
from campaigns.web.finance.item_forms import AnswerForm, CloseForm, ConfirmForm, ProposeForm
from campaigns.web.finance.labels import (
    ITEM_LABELS,
    OUTCOME_LABELS,
    STATE_LABELS,
    VERB_LABELS,
    why_not,
)
from campaigns.web.finance.reach import must_handle, reaches, reverse_until
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.ways import gateway_of

page = Blueprint("item", __name__)


@page.get("/items/<public_id>")
@needs(Permission.SEE_MONEY)
def show(public_id: str) -> ResponseReturnValue:
    return _page(_found(public_id, Permission.SEE_MONEY))


@page.get("/items/<public_id>/<any(confirm, close, propose, answer):step>")
@needs(Permission.SEE_MONEY)
def back(public_id: str, step: str) -> ResponseReturnValue:
    """Where a page with an error was, looked at again, such as in another language."""
    return redirect(url_for("finance.item.show", public_id=public_id), 303)


@page.post("/items/<public_id>/confirm")
@needs(Permission.HANDLE_MONEY)
def confirm(public_id: str) -> ResponseReturnValue:
    item, form = _found(public_id), ConfirmForm()
    return _done(item, form, lambda: decisions.confirm(item, current_user, form.statement.data))


@page.post("/items/<public_id>/close")
@needs(Permission.HANDLE_MONEY)
def close(public_id: str) -> ResponseReturnValue:
    item, form = _found(public_id), CloseForm()
    return _done(item, form, lambda: decisions.close(item, current_user, form.closing.data))


@page.post("/items/<public_id>/propose")
@needs(Permission.HANDLE_MONEY)
def propose(public_id: str) -> ResponseReturnValue:
    item = _found(public_id)
    until = reverse_until(item.attempt)
    form = ProposeForm().offer(item, until)

    def carry_out() -> None:
        campaign = db.session.get(Campaign, int(form.campaign.data)) if form.campaign.data else None
        intent = form.intent.data if "intent" in form else ""
        decisions.propose(item, current_user, form.outcome.data, form.evidence.data, campaign, intent, until)

    return _done(item, form, carry_out)


@page.post("/items/<public_id>/answer")
@needs(Permission.HANDLE_MONEY)
def answer(public_id: str) -> ResponseReturnValue:
    item, form = _found(public_id), AnswerForm()
    proposal = standing_proposal(item)
    if proposal is not None and proposal.campaign is not None:
        must_handle(proposal.campaign)
    until, made = reverse_until(item.attempt), []

    def carry_out() -> None:
        name, remark = form.proposal.data or "", form.remark.data or ""
        if form.answer.data == "agree":
            made.append(decisions.agree(item, current_user, name, remark, until))
        else:
            decisions.refuse(item, current_user, name, remark)

    done = _done(item, form, carry_out)
    for refund in made:
        if refund is not None and refund.is_reversal and refund.attempt is not None:
            gateway = gateway_of(refund.attempt.gateway, refund.attempt.account_id)
            refund_id = refund.id
            db.session.commit()
            ask(refund_id, gateway)
    return done


def _found(public_id: str, permission: Permission = Permission.HANDLE_MONEY) -> ReviewItem:
    item = item_by_public_id(public_id)
    if item is None or not reaches(item, permission):
        abort(404)
    return item


def _done(item: ReviewItem, form: StaffForm, act: Callable[[], None]) -> ResponseReturnValue:
    """Carries out what a form asks for, and shows the page again: with the reason where it cannot be done."""
    public_id = item.public_id
    if not form.validate():
        return _page(item, form), 422
    try:
        act()
    except (Refused, WrongStep) as refusal:
        db.session.rollback()
        return _page(_found(public_id), form, why_not(refusal)), 422
    db.session.commit()
    flash(_("Done. It is written down below."), "ok")
    return redirect(url_for("finance.item.show", public_id=public_id), 303)


def _page(item: ReviewItem, sent: StaffForm | None = None, refusal: Any = "") -> str:
    proposal = standing_proposal(item)
    gift = item.attempt.contribution if item.attempt else None
    named = {step.campaign_id for step in steps_of(item)} | ({gift.campaign_id} if gift else set())
    return render_template(
        "finance/item.html",
        way_name=way_name,
        item=item,
        gift=gift,
        cards=cards_of([number for number in named if number], language().code),
        events=events_of(item.attempt) if item.attempt else [],
        steps=steps_of(item),
        waiting=waiting_rials(item),
        proposal=proposal,
        forms=_forms(item, sent) if reaches(item, Permission.HANDLE_MONEY) else {},
        is_own=proposal is not None and proposal.actor_id == current_user.id,
        problems=sent.problems() if sent else [],
        refusal=refusal,
        labels=ITEM_LABELS,
        states=STATE_LABELS,
        outcomes=OUTCOME_LABELS,
        verbs=VERB_LABELS,
        intents=INTENT_LABELS,
    )


def _forms(item: ReviewItem, sent: StaffForm | None) -> dict[str, StaffForm]:
    """What this person may say now, by the last word of its address; the form that was sent keeps its words."""
    found: dict[str, StaffForm] = {}
    proposal = standing_proposal(item)
    if proposal is not None and proposal.actor_id != current_user.id:
        found["answer"] = sent if isinstance(sent, AnswerForm) else AnswerForm(formdata=None)
        found["answer"]["proposal"].data = proposal.public_id
    if item.state != ItemState.OPEN:
        return found
    if is_unbooked(item):
        found["confirm"] = sent if isinstance(sent, ConfirmForm) else ConfirmForm(formdata=None)
    if outcomes(item):
        fresh = ProposeForm(formdata=None).offer(item, reverse_until(item.attempt))
        found["propose"] = sent if isinstance(sent, ProposeForm) else fresh
    else:
        found["close"] = sent if isinstance(sent, CloseForm) else CloseForm(formdata=None)
    return found
