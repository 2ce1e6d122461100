"""Pausing, resuming, ending and cancelling: always with a reason the public can read."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.base.fields import TextField, required
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.actions import move
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import TABLE, Move, State, WrongMove
from campaigns.domain.insights.portal import cards_of
from campaigns.web.desk.labels import MOVE_LABELS
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("steer", __name__)


class SteerForm(StaffForm):
    reason = TextField(
        _l("Reason"),
        [required(_l("Write the reason: it stands on the campaign's page"))],
        longest=500,
        description=_l("Everyone can read this on the campaign's page."),
    )


def possible_moves(campaign: Campaign) -> list[tuple[Move, object]]:
    """The moves the state table allows now, with their words."""
    state = State(campaign.state)
    return [(step, label) for step, label in MOVE_LABELS.items() if (state, step) in TABLE]


@page.get("/c/<public_id>/<any(pause, resume, end, cancel):step>")
@needs(Permission.STEER_CAMPAIGN)
def confirm(public_id: str, step: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.STEER_CAMPAIGN)
    if Move(step) not in dict(possible_moves(campaign)):
        abort(404)
    return _page(campaign, Move(step), SteerForm())


@page.post("/c/<public_id>/<any(pause, resume, end, cancel):step>")
@needs(Permission.STEER_CAMPAIGN)
def carry_out(public_id: str, step: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.STEER_CAMPAIGN, lock=True)
    form = SteerForm()
    if not form.validate():
        return _page(campaign, Move(step), form), 422
    try:
        move(campaign, Move(step), current_user, form.reason.data)
    except WrongMove:
        abort(404)
    db.session.commit()
    flash(_("Done. The campaign's page shows it already."), "ok")
    return redirect(url_for("desk.campaign.show", public_id=public_id), 303)


def _page(campaign: Campaign, step: Move, form: SteerForm) -> str:
    card = cards_of([campaign.id], language().code)[campaign.id]
    return render_template(
        "desk/steer.html", campaign=campaign, card=card, step=step, label=MOVE_LABELS[step], form=form
    )
