"""Sending a draft for review, after one look over all answers; and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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
from campaigns.domain.campaigns.readiness import is_ready, missing, progress
from campaigns.domain.campaigns.states import EDITABLE, Move, WrongMove
from campaigns.web.desk.fieldwords import Answer, answers
from campaigns.web.desk.help import Help, help_with
from campaigns.web.desk.labels import MISSING_LABELS, PART_LABELS, PROGRESS_LABELS, PROGRESS_SHAPES
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs

page = Blueprint("send", __name__)


@dataclass(frozen=True)
class Checked:
    """One part before it is sent: how far it is, its answers, what it lacks, what is worth a second look."""

    part: Part
    label: Any
    shape: str
    state: Any
    answers: Sequence[Answer]
    missing: Sequence[Any]
    help: Sequence[Help]


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
    rows = [_checked(campaign, part) for part in Part]
    return render_template(
        "desk/send.html",
        campaign=campaign,
        form=form,
        rows=rows,
        missing=[(part, MISSING_LABELS[name]) for part in Part for name in missing(campaign, part)],
        hints=sum(len(row.help) for row in rows),
        may_send=campaign.state in EDITABLE and is_ready(campaign),
    )


def _checked(campaign: Campaign, part: Part) -> Checked:
    data, state = parts.read(campaign, part), progress(campaign, part)
    return Checked(
        part,
        PART_LABELS[part],
        PROGRESS_SHAPES[state],
        PROGRESS_LABELS[state],
        answers(data),
        [MISSING_LABELS[name] for name in missing(campaign, part)],
        help_with(data),
    )
