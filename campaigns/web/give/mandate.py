"""The donor's own page of a mandate, opened by a signed link: how it stands, what was taken, and every way out."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.base.extensions import db
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.mandates import actions, contracts, links
from campaigns.domain.mandates.models import Mandate
from campaigns.domain.mandates.queries import charges_of
from campaigns.domain.mandates.states import ALIVE, State, Why
from campaigns.domain.payments.terminals import key
from campaigns.web.give.monthforms import ChangeForm
from campaigns.web.guards import public
from campaigns.web.letterlinks import link
from campaigns.web.locale import language
from campaigns.web.mandatewords import CHARGE_LABELS, STATE_SENTENCES, WHYS
from campaigns.web.render import themed
from campaigns.web.ways import gateway_of

page = Blueprint("mandate", __name__)
STEPS = {"pause": actions.pause, "resume": actions.resume}


@page.get("/mandate/<token>")
@public()
def show(token: str) -> ResponseReturnValue:
    mandate = _owned(token)
    return _own(token, mandate, _form(mandate, formdata=None))


@page.post("/mandate/<token>")
@public()
def change(token: str) -> ResponseReturnValue:
    """Another amount, never beyond the contract, or another day."""
    mandate = _owned(token)
    form = _form(mandate)
    if not form.validate():
        return _own(token, mandate, form), 422
    if actions.may_change(mandate):
        actions.change(mandate, form.rials.data, form.day.data)
        db.session.commit()
    return redirect(url_for("give.mandate.show", token=token), 303)


@page.post("/mandate/<token>/<any(pause,resume):step>")
@public()
def turn(token: str, step: str) -> ResponseReturnValue:
    """Pressed twice, it is done once."""
    STEPS[step](_owned(token))
    db.session.commit()
    return redirect(url_for("give.mandate.show", token=token), 303)


@page.get("/mandate/<token>/stop")
@public()
def leave(token: str) -> ResponseReturnValue:
    """Asks once more; looking ends nothing."""
    mandate = _owned(token)
    if mandate.state not in ALIVE:
        return redirect(url_for("give.mandate.show", token=token), 303)
    card = cards_of([mandate.campaign_id], language().code)[mandate.campaign_id]
    return render_template("give/mandate_stop.html", token=token, card=card, theme=mandate.campaign.theme)


@page.post("/mandate/<token>/stop")
@public()
def stop(token: str) -> ResponseReturnValue:
    """Final on our side at once; the gateway is told now, and by the worker until it has heard."""
    mandate = _owned(token)
    actions.stop(mandate, Why.DONOR, "donor")
    mandate_id, gateway = mandate.id, gateway_of(mandate.gateway, mandate.account_id)
    terminal = key(mandate.gateway, mandate.account_id)
    db.session.commit()
    if gateway is not None:
        contracts.see_to(mandate_id, {terminal: gateway}, link)
    return redirect(url_for("give.mandate.show", token=token), 303)


def _owned(token: str) -> Mandate:
    mandate = links.owned(token)
    if mandate is None:
        abort(404)
    return mandate


def _form(mandate: Mandate, **kwargs: object) -> ChangeForm:
    least = mandate.campaign.minimum_rials
    gateway = gateway_of(mandate.gateway, mandate.account_id)
    if gateway is not None:
        least = max(least, gateway.capabilities().min_rials)
    data = {"rials": mandate.rials, "day": mandate.day}
    return ChangeForm(least, mandate.max_rials, data=data, **kwargs)


def _own(token: str, mandate: Mandate, form: ChangeForm) -> str:
    return themed(
        mandate.campaign.theme,
        "give/mandate.html",
        token=token,
        mandate=mandate,
        card=cards_of([mandate.campaign_id], language().code)[mandate.campaign_id],
        intent_label=INTENT_LABELS.get(mandate.intent, mandate.intent),
        sentence=STATE_SENTENCES[State(mandate.state)],
        why=WHYS[Why(mandate.why)] if mandate.why else "",
        alive=mandate.state in ALIVE,
        may_change=actions.may_change(mandate),
        charges=charges_of(mandate),
        labels=CHARGE_LABELS,
        form=form,
        problems=form.problems() if request.method == "POST" else [],
    )
