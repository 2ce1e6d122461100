"""The screen of the counter: a gift, Enter, its receipt above and an empty form for the next one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.counter import gifts
from campaigns.domain.counter.errors import Refused
from campaigns.domain.counter.models import Office
from campaigns.domain.counter.offices import present_day
from campaigns.domain.counter.queries import receipt_by_public_id
from campaigns.web.counter.forms import GiftForm
from campaigns.web.counter.reach import office_at
from campaigns.web.counterslip import Slip
from campaigns.web.counterwords import REFUSALS, name_of
from campaigns.web.guards import needs

page = Blueprint("gift", __name__)
FIELDS = {"campaign": "campaign", "intent": "intent", "reader": "way", "trace": "trace"}
"""Beside which field it is said why a gift was not taken."""


@page.get("/<office>")
@needs(Permission.TAKE_GIFTS)
def show(office: str) -> ResponseReturnValue:
    here = office_at(office)
    form = GiftForm(here, data={"campaign": request.args.get("campaign")})
    return _page(here, form)


@page.post("/<office>")
@needs(Permission.TAKE_GIFTS)
def take(office: str) -> ResponseReturnValue:
    here = office_at(office)
    form = GiftForm(here)
    if not form.validate():
        return _page(here, form), 422
    try:
        receipt, is_new = gifts.take(here, form.handed(), current_user, f"counter:{office}:{form.key.data}")
    except Refused as why:
        db.session.rollback()
        form[FIELDS.get(why.code, "rials")].errors = [str(REFUSALS[why.code])]
        return _page(here, form), 422
    receipt_id = receipt.public_id
    db.session.commit()
    if not is_new:
        flash(_("This form was sent before: here is its receipt, and no second gift was taken."), "warn")
    way = url_for("counter.gift.show", office=office, last=receipt_id, campaign=form.campaign.data)
    return redirect(way, 303)


def _page(office: Office, form: GiftForm) -> str:
    last = receipt_by_public_id(office, request.args.get("last", "")[:40])
    return render_template(
        "counter/gift.html",
        office=office,
        name=name_of(office),
        day=present_day(office),
        form=form,
        by_card=len(form.way.choices) > 1,
        last=last,
        slip=Slip.of(last) if last else None,
    )
