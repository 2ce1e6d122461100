"""Pausing, resuming, ending and cancelling: always with a reason the public can read."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.base.fields import TextField, required
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.actions import move
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import where_is
from campaigns.domain.campaigns.states import Move, WrongMove
from campaigns.domain.campaigns.steering import MOVE_LABELS, possible_moves
from campaigns.domain.insights.portal import cards_of
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
    return redirect(_way_back(campaign), 303)


def _way_back(campaign: Campaign) -> str:
    """The campaign where this person sees it: on the desk, or, for a moderator, in the review."""
    if may(current_user.id, Permission.SEE_GIFTS, where_is(campaign)):
        return url_for("desk.campaign.show", public_id=campaign.public_id)
    return url_for("review.item.show", kind="campaign", public_id=campaign.public_id)


def _page(campaign: Campaign, step: Move, form: SteerForm) -> str:
    card = cards_of([campaign.id], language().code)[campaign.id]
    return render_template(
        "desk/steer.html", back=_way_back(campaign), card=card, label=MOVE_LABELS[step], form=form
    )
