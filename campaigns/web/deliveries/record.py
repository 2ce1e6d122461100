"""Recording a delivery; its page, with the decision of a second person."""

from collections.abc import Callable

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.config import Settings
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.claims.pictures import MOST_BYTES, BadReceipt, Receipt
from campaigns.domain.deliveries import actions
from campaigns.domain.deliveries.errors import Refused
from campaigns.domain.deliveries.evidence import picture
from campaigns.domain.deliveries.models import Delivery
from campaigns.domain.deliveries.queries import mended_by, spent_of
from campaigns.domain.deliveries.states import State
from campaigns.domain.goods.need_queries import lines_of
from campaigns.domain.goods.stock_queries import arrived_boxes
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.moderation.arrivals import follow
from campaigns.web.deliveries import reach
from campaigns.web.deliveries.forms import DeliveryForm, RefusalForm
from campaigns.web.deliveries.reach import RECORDS
from campaigns.web.deliveries.words import FIELDS, PICTURES, STATE_LABELS, STATE_SHAPES, sentence
from campaigns.web.evidence import evidence_of
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("record", __name__)
MOST_SENT = MOST_BYTES + 64 * 1024
DONE = {
    "agree": _l("Agreed. A moderator looks at it next."),
    "refuse": _l("Refused. It is counted nowhere."),
}


@page.get("/c/<public_id>/new")
@needs(RECORDS)
def plan(public_id: str) -> ResponseReturnValue:
    campaign = reach.campaign(public_id)
    return form_page(campaign, offered(campaign, DeliveryForm()))


@page.post("/c/<public_id>/new")
@needs(RECORDS)
def record(public_id: str) -> ResponseReturnValue:
    request.max_content_length = MOST_SENT
    campaign = reach.campaign(public_id)
    return take(campaign, offered(campaign, DeliveryForm()))


@page.get("/<public_id>")
@needs(RECORDS)
def show(public_id: str) -> ResponseReturnValue:
    return _page(reach.one(public_id))


@page.get("/<public_id>/evidence")
@needs(RECORDS)
def evidence(public_id: str) -> ResponseReturnValue:
    return evidence_of(reach.one(public_id))


@page.post("/<public_id>/agree")
@needs(RECORDS)
def agree(public_id: str) -> ResponseReturnValue:
    csrf.protect()
    delivery = reach.one(public_id)
    return _step(delivery, "agree", lambda: actions.agree(delivery, current_user))


@page.post("/<public_id>/refuse")
@needs(RECORDS)
def refuse(public_id: str) -> ResponseReturnValue:
    delivery, form = reach.one(public_id), RefusalForm()
    if not form.validate():
        return _page(delivery, form), 422
    return _step(delivery, "refuse", lambda: actions.refuse(delivery, current_user, form.reason.data))


def offered(campaign: Campaign, form: DeliveryForm) -> DeliveryForm:
    form.offers(reach.counties_of(campaign), reach.offices(), spent_of(campaign.id))
    form.offers_goods(lines_of(campaign.id), arrived_boxes(campaign.id))
    return form


def take(campaign: Campaign, form: DeliveryForm, corrects: Delivery | None = None) -> ResponseReturnValue:
    """Records what the form says, or shows it again with what is wrong."""
    good = form.validate()
    shown = _picture(form)
    if not good or form.problems():
        return form_page(campaign, form, corrects), 422
    settings: Settings = current_app.config["SETTINGS"]
    try:
        made = actions.record(campaign, form.plan(corrects), current_user, shown, settings.data_dir)
    except Refused as why:
        db.session.rollback()
        form[FIELDS.get(why.code, why.code)].errors = [sentence(why)]
        return form_page(campaign, form, corrects), 422
    made_id = made.public_id
    db.session.commit()
    flash(_("Recorded. It waits for a second person, then for a moderator."), "ok")
    return redirect(url_for("deliveries.record.show", public_id=made_id), 303)


def form_page(campaign: Campaign, form: DeliveryForm, corrects: Delivery | None = None) -> str:
    return render_template(
        "deliveries/form.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        form=form,
        corrects=corrects,
    )


def _picture(form: DeliveryForm) -> Receipt | None:
    """What was sent, if anything; what is wrong with it stands beside its field."""
    sent = request.files.get("evidence")
    if sent is None or not sent.filename:
        return None
    try:
        return picture(sent.stream.read(MOST_BYTES + 1))
    except BadReceipt as bad:
        form.evidence.errors = [str(PICTURES[bad.reason])]
        return None


def _step(delivery: Delivery, name: str, act: Callable[[], None]) -> ResponseReturnValue:
    """Does it and commits; says why not when it may not be."""
    public_id = delivery.public_id
    try:
        act()
    except Refused as why:
        db.session.rollback()
        return _page(reach.one(public_id), problem=sentence(why)), 422
    follow("delivery", delivery)
    db.session.commit()
    flash(str(DONE[name]), "ok")
    return redirect(url_for("deliveries.record.show", public_id=public_id), 303)


def _page(delivery: Delivery, form: RefusalForm | None = None, problem: str = "") -> str:
    form = form or RefusalForm(formdata=None)
    waits, mine = delivery.state == State.RECORDED, delivery.recorded_by_id == current_user.id
    return render_template(
        "deliveries/show.html",
        delivery=delivery,
        card=cards_of([delivery.campaign_id], language().code)[delivery.campaign_id],
        states=STATE_LABELS,
        shapes=STATE_SHAPES,
        form=form,
        problems=[("steps", problem)] if problem else form.problems(),
        problem=problem,
        may_decide=waits and not mine,
        waits_for_another=waits and mine,
        mended=mended_by(delivery),
    )
