"""The roll of a shift: who has a place, who waits, who came and for how long. Corrections are new entries."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.clock import now
from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import by_public_id, where_is
from campaigns.domain.volunteers.hours import NotNow, entries_of, minutes_by_person, presences, see
from campaigns.domain.volunteers.rolls import called_off_from, roll, shift_of, signup_on
from campaigns.domain.volunteers.shift_models import Shift, Signup
from campaigns.domain.volunteers.wordings import NOTHING, shown_words
from campaigns.web.desk.roleforms import SeenForm
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("roll", __name__)


@page.get("/c/<public_id>/shifts/<shift>")
@needs(Permission.KEEP_ROLLS)
def show(public_id: str, shift: str) -> ResponseReturnValue:
    return _page(*_found(public_id, shift))


@page.get("/c/<public_id>/shifts/<shift>/seen/<signup>")
@needs(Permission.KEEP_ROLLS)
def back(public_id: str, shift: str, signup: str) -> ResponseReturnValue:
    """Where a page with an error was, looked at again, such as in another language."""
    _found(public_id, shift)
    return redirect(url_for("desk.roll.show", public_id=public_id, shift=shift), 303)


@page.post("/c/<public_id>/shifts/<shift>/seen/<signup>")
@needs(Permission.KEEP_ROLLS)
def note(public_id: str, shift: str, signup: str) -> ResponseReturnValue:
    """«there» with hours, or «absent». Said again, it corrects what was said before."""
    csrf.protect()
    campaign, found = _found(public_id, shift)
    person = signup_on(found.id, signup)
    if person is None or request.form.get("seen") not in {"there", "absent"}:
        abort(404)
    form = SeenForm(prefix=f"{signup}-", meta={"csrf": False})
    absent = request.form["seen"] == "absent"
    if not absent and not form.validate():
        return _page(campaign, found, signup, form), 422
    try:
        see(person, None if absent else form.total, current_user.id, form.note.data or "")
    except NotNow:
        abort(404)
    db.session.commit()
    flash(_("Written down."), "ok")
    return redirect(url_for("desk.roll.show", public_id=public_id, shift=shift), 303)


def _found(public_id: str, shift: str) -> tuple[Campaign, Shift]:
    campaign = by_public_id(public_id)
    if campaign is None or not may(current_user.id, Permission.KEEP_ROLLS, where_is(campaign)):
        abort(404)
    found = shift_of(campaign.id, shift)
    if found is None:
        abort(404)
    return campaign, found


def _page(campaign: Campaign, shift: Shift, wrong: str = "", form: SeenForm | None = None) -> str:
    """`wrong`: the signup whose `form` was not taken."""
    signups = called_off_from(shift.id) if shift.called_off_at else roll(shift.id)
    ids = [signup.id for signup in signups]
    forms = {signup.public_id: _form(signup, shift) for signup in signups}
    if form is not None:
        forms[wrong] = form
    return render_template(
        "desk/roll.html",
        campaign=campaign,
        shift=shift,
        words=shown_words([shift.role_id], language().code).get(shift.role_id, NOTHING),
        taken=[signup for signup in signups if signup.state != "waiting"],
        waiting=[signup for signup in signups if signup.state == "waiting"],
        forms=forms,
        presences=presences(ids),
        entries=entries_of(ids),
        given=minutes_by_person(campaign.id),
        has_begun=shift.starts_at <= now() and shift.called_off_at is None,
        may_edit=may(current_user.id, Permission.EDIT_CAMPAIGN, where_is(campaign)),
        problems=form.problems() if form is not None else [],
    )


def _form(signup: Signup, shift: Shift) -> SeenForm:
    hours, minutes = divmod(shift.minutes, 60)
    return SeenForm(
        formdata=None,
        prefix=f"{signup.public_id}-",
        meta={"csrf": False},
        data={"hours": hours, "minutes": minutes},
    )
