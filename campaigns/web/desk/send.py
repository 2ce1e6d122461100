"""Sending a draft for review, after one look over all answers; and taking it back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns import parts
from campaigns.domain.campaigns.actions import move
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.readiness import is_ready, missing
from campaigns.domain.campaigns.states import EDITABLE, Move, WrongMove
from campaigns.domain.insights.readable import answers
from campaigns.themes import LOOKS
from campaigns.web.desk.labels import MISSING_LABELS, PART_LABELS
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("send", __name__)


@page.get("/c/<public_id>/send")
@needs(Permission.EDIT_CAMPAIGN)
def check(public_id: str) -> ResponseReturnValue:
    return _page(mine(public_id, Permission.EDIT_CAMPAIGN), StaffForm())


@page.post("/c/<public_id>/send")
@needs(Permission.EDIT_CAMPAIGN)
def submit(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN, lock=True)
    form = StaffForm()
    if not form.validate() or not is_ready(campaign):
        return _page(campaign, form), 422
    return _moved(campaign, Move.SUBMIT, _("Sent. A moderator will read it; you get a letter."))


@page.post("/c/<public_id>/take-back")
@needs(Permission.EDIT_CAMPAIGN)
def take_back(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN, lock=True)
    csrf.protect()
    return _moved(campaign, Move.WITHDRAW, _("Taken back: it is a draft again."))


def _moved(campaign: Campaign, step: Move, sentence: str) -> ResponseReturnValue:
    try:
        move(campaign, step, current_user)
    except WrongMove:
        db.session.rollback()
        flash(_("Its state has changed meanwhile; here is how it stands now."), "warn")
    else:
        db.session.commit()
        flash(sentence, "ok")
    return redirect(url_for("desk.campaign.show", public_id=campaign.public_id), 303)


def _page(campaign: Campaign, form: StaffForm) -> str:
    rows = [
        (part, PART_LABELS[part], answers(parts.read(campaign, part), language().code, LOOKS))
        for part in Part
    ]
    return render_template(
        "desk/send.html",
        campaign=campaign,
        form=form,
        rows=rows,
        missing=[(part, MISSING_LABELS[name]) for part in Part for name in missing(campaign, part)],
        may_send=campaign.state in EDITABLE and is_ready(campaign),
    )
