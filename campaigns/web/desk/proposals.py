"""What the national campaign says differently by now, for the desk of a province: taken over or left aside."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.accounts.queries import names_of
from campaigns.domain.campaigns.clones import clone_of
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.states import EDITABLE, State, WrongMove
from campaigns.domain.families.proposals import Moved, answers_of, leave, proposals_for, take
from campaigns.domain.insights.family import national_of
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.insights.readable import changes
from campaigns.themes import LOOKS
from campaigns.web.desk.labels import PART_LABELS
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("proposals", __name__)
ANSWERS = "any(take, leave)"


@page.get("/c/<public_id>/proposals")
@needs(Permission.EDIT_CAMPAIGN)
def show(public_id: str) -> ResponseReturnValue:
    return _page(_province(public_id))


@page.post(f"/c/<public_id>/proposals/<part>/<{ANSWERS}:step>")
@needs(Permission.EDIT_CAMPAIGN)
def reply(public_id: str, part: str, step: str) -> ResponseReturnValue:
    """Only to the words that were read: what has changed since is shown again."""
    csrf.protect()
    campaign = _province(public_id, lock=True)
    if part not in set(Part):
        abort(404)
    mark = request.form.get("mark", "")
    try:
        if step == "take":
            edit = take(campaign, Part(part), mark, current_user)
            said = _("Saved. It is shown once a moderator has agreed.") if edit else _("Saved.")
        else:
            leave(campaign, Part(part), mark, current_user)
            said = _("Left aside: your own words stay.")
    except (Moved, WrongMove):
        db.session.rollback()
        flash(_("The words have changed meanwhile; here is how they stand now."), "warn")
        return redirect(url_for("desk.proposals.show", public_id=public_id), 303)
    db.session.commit()
    flash(said, "ok")
    return redirect(url_for("desk.proposals.show", public_id=public_id), 303)


def _province(public_id: str, *, lock: bool = False) -> Campaign:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN, lock=lock)
    if clone_of(campaign.id) is None:
        abort(404)
    return campaign


def _page(campaign: Campaign) -> str:
    code, answers = language().code, answers_of(campaign)
    return render_template(
        "desk/proposals.html",
        campaign=campaign,
        card=cards_of([campaign.id], code)[campaign.id],
        national=national_of(campaign, code),
        proposals=[
            (one, PART_LABELS[one.part], changes(one.ours, one.theirs, code, LOOKS))
            for one in proposals_for(campaign)
        ],
        is_draft=campaign.state in EDITABLE,
        is_read=campaign.state == State.SUBMITTED,
        answers=[(row, PART_LABELS[Part(row.part)]) for row in answers],
        names=names_of({row.actor_id for row in answers}),
    )
