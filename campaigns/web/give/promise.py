"""The page of promised goods, by their code: how they stand, where they go, another number or day, no thanks.

Who has the code may look. Who left a mobile number proves to be that person by its last four digits before anything
changes: the code is also read aloud at a counter.
"""

from flask import Blueprint, abort, current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base.codes import parse_code
from campaigns.base.extensions import db
from campaigns.domain.goods import pledges
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.pledge_queries import pledge_by_code
from campaigns.domain.goods.pledge_states import LIVE, State
from campaigns.domain.insights.goods_trace import pledge_trace
from campaigns.domain.insights.portal import cards_of
from campaigns.kinds import goods
from campaigns.web.give.goods import still_open
from campaigns.web.give.goodsforms import CancelForm, ChangeForm, day_of, proof_problem
from campaigns.web.give.limits import too_fast, wait_to_prove
from campaigns.web.goodswords import PLEDGE_STATES, way_in_words
from campaigns.web.guards import public
from campaigns.web.locale import language
from campaigns.web.qr import qr
from campaigns.web.render import absolute, themed

page = Blueprint("promise", __name__)
WAY = (State.REGISTERED, State.ARRANGED, State.RECEIVED, State.DELIVERED)
"""The steps of a promise that goes well."""


@page.get("/g/<code>")
@public()
def show(code: str) -> ResponseReturnValue:
    known = parse_code(code)
    pledge = pledge_by_code(known) if known else None
    if pledge is None or known is None:
        abort(404)
    if code != known:
        return redirect(url_for("give.promise.show", code=known), 301)
    return _page(pledge, _change_form(pledge, formdata=None))


@page.post("/g/<code>")
@public()
def change(code: str) -> ResponseReturnValue:
    wait = wait_to_prove(code)
    db.session.commit()
    if wait:
        return too_fast(wait)
    pledge = _live(code)
    if pledge is None:
        return redirect(url_for("give.promise.show", code=code), 303)
    form = _change_form(pledge)
    if not form.check():
        return _page(pledge, form), 422
    try:
        day = day_of(form.day.data) or pledge.day
        pledges.change(pledge, form.quantity.data, day, current_app.config["SETTINGS"].pledge_grace_days)
    except pledges.TooMuch as much:
        db.session.rollback()
        form.quantity.errors = [goods.quantity_problem(form.quantity.data, much.left, language().code)]
        return _page(_found(code), form), 422
    except pledges.WrongMove:
        db.session.rollback()
    db.session.commit()
    return redirect(url_for("give.promise.show", code=code), 303)


@page.get("/g/<code>/cancel")
@public()
def leave(code: str) -> ResponseReturnValue:
    """Asks first: a link that is followed by mistake ends nothing."""
    return _leaving(_found(code), CancelForm(formdata=None))


@page.post("/g/<code>/cancel")
@public()
def cancel(code: str) -> ResponseReturnValue:
    """Pressed twice, it is done once."""
    wait = wait_to_prove(code)
    db.session.commit()
    if wait:
        return too_fast(wait)
    pledge, form = _live(code), CancelForm()
    if pledge is None:
        return redirect(url_for("give.promise.show", code=code), 303)
    problem = proof_problem(pledge, form.last4.data)
    if problem or not form.validate():
        form.last4.errors = [problem or form.last4.errors[0]]
        return _leaving(pledge, form), 422
    try:
        pledges.cancel(pledge)
    except pledges.WrongMove:
        db.session.rollback()
    db.session.commit()
    return redirect(url_for("give.promise.show", code=code), 303)


def _found(code: str) -> Pledge:
    pledge = pledge_by_code(code)
    if pledge is None:
        abort(404)
    return pledge


def _live(code: str) -> Pledge | None:
    """The pledge while it can be changed."""
    pledge = _found(code)
    return pledge if pledge.state in LIVE else None


def _change_form(pledge: Pledge, **kwargs: object) -> ChangeForm:
    form = ChangeForm(data={"quantity": pledge.quantity, "day": pledge.day.isoformat()}, **kwargs)
    form.ask(pledge, still_open(pledge.campaign, pledge.need, pledge.quantity if pledge.state in LIVE else 0))
    return form


def _page(pledge: Pledge, form: ChangeForm) -> str:
    link = absolute(url_for("give.promise.show", code=pledge.code))
    return themed(
        pledge.campaign.theme,
        "give/promise.html",
        pledge=pledge,
        need=pledge.need,
        card=cards_of([pledge.campaign_id], language().code)[pledge.campaign_id],
        is_live=pledge.state in LIVE,
        states=PLEDGE_STATES,
        steps=_steps(pledge),
        trace=pledge_trace(pledge, language().code),
        how=way_in_words(pledge),
        title=_titles()[State(pledge.state)],
        form=form,
        problems=form.problems(),
        qr=qr(link),
    )


def _leaving(pledge: Pledge, form: CancelForm) -> str:
    if pledge.mobile is None:
        del form.last4
    return themed(
        pledge.campaign.theme,
        "give/promise_cancel.html",
        pledge=pledge,
        need=pledge.need,
        card=cards_of([pledge.campaign_id], language().code)[pledge.campaign_id],
        is_live=pledge.state in LIVE,
        form=form,
        problems=form.problems(),
    )


def _steps(pledge: Pledge) -> list[tuple[str, str]]:
    """(what the step is called, `done`, `now` or `next`) of a promise that goes well; empty for another."""
    state = State.RECEIVED if pledge.state == State.PARTLY else State(pledge.state)
    if state not in WAY:
        return []
    at = WAY.index(state)
    faces = ["done" if number < at else "now" if number == at else "next" for number in range(len(WAY))]
    labels = [PLEDGE_STATES[State(pledge.state) if number == at else step] for number, step in enumerate(WAY)]
    return list(zip(map(str, labels), faces, strict=True))


def _titles() -> dict[State, str]:
    return {
        State.REGISTERED: _("Thank you. It is kept for you."),
        State.ARRANGED: _("Thank you. The day is arranged."),
        State.PARTLY: _("Thank you. A part of it has arrived."),
        State.RECEIVED: _("Thank you. It has arrived."),
        State.DELIVERED: _("Thank you. It has reached people."),
        State.NO_SHOW: _("It has not arrived"),
        State.EXPIRED: _("The time of this promise is over"),
        State.CANCELLED: _("This promise is cancelled"),
    }
