"""Volunteer roles of a campaign on the desk: writing them, opening and closing them, their shifts at a glance."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.volunteers.hours import minutes_by_person
from campaigns.domain.volunteers.rolls import DeskRole, roles_of, waiting_counts
from campaigns.domain.volunteers.shift_models import VolunteerRole
from campaigns.domain.volunteers.stamps import stamp_of
from campaigns.domain.volunteers.wordings import propose
from campaigns.web.desk.mine import mine
from campaigns.web.desk.roleforms import RoleForm
from campaigns.web.desk.words import words_about
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("roles", __name__)
WORDING_STATES = {
    "waiting": _l("waits for a moderator"),
    "shown": _l("shown"),
    "returned": _l("changes asked for"),
    "rejected": _l("rejected"),
}
WORDING_SHAPES = {"waiting": "◔", "shown": "●", "returned": "◑", "rejected": "✕"}


@page.get("/c/<public_id>/roles")
@needs(Permission.EDIT_CAMPAIGN)
def show(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    roles = roles_of(campaign.id)
    pending = [role.pending for role in roles if role.pending]
    given = minutes_by_person(campaign.id)
    return render_template(
        "desk/roles.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        roles=roles,
        waiting=waiting_counts(campaign.id),
        words=words_about("role", pending),
        states=WORDING_STATES,
        shapes=WORDING_SHAPES,
        people=len(given),
        minutes=sum(given.values()),
        now=now(),
    )


@page.get("/c/<public_id>/roles/new")
@needs(Permission.EDIT_CAMPAIGN)
def begin(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    form = RoleForm(formdata=None)
    form.offer(campaign)
    return _page(campaign, form)


@page.post("/c/<public_id>/roles/new")
@needs(Permission.EDIT_CAMPAIGN)
def create(public_id: str) -> ResponseReturnValue:
    campaign, form = mine(public_id, Permission.EDIT_CAMPAIGN), RoleForm()
    form.offer(campaign)
    if not form.validate():
        return _page(campaign, form), 422
    role = VolunteerRole(campaign=campaign)
    db.session.add(role)
    return _kept(campaign, role, form)


@page.get("/c/<public_id>/roles/<role>")
@needs(Permission.EDIT_CAMPAIGN)
def edit(public_id: str, role: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    found = one_of(campaign, role)
    form = RoleForm(formdata=None, data=RoleForm.filled(found.role, found.pending or found.shown))
    form.offer(campaign)
    return _page(campaign, form, found)


@page.post("/c/<public_id>/roles/<role>")
@needs(Permission.EDIT_CAMPAIGN)
def change(public_id: str, role: str) -> ResponseReturnValue:
    """New words wait for a moderator, and what is shown stays meanwhile; the facts count at once."""
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    found, form = one_of(campaign, role), RoleForm()
    form.speciality.object_data = found.role.speciality_id
    form.offer(campaign)
    if not form.validate():
        return _page(campaign, form, found), 422
    return _kept(campaign, found.role, form, found)


@page.post("/c/<public_id>/roles/<role>/<any(open, close):step>")
@needs(Permission.EDIT_CAMPAIGN)
def turn(public_id: str, role: str, step: str) -> ResponseReturnValue:
    """A closed role is offered to nobody new; who has a place keeps it."""
    csrf.protect()
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    one_of(campaign, role).role.is_open = step == "open"
    stamps.bump(stamp_of(campaign.id))
    db.session.commit()
    is_open = _("Open again: people can sign up for this role.")
    closed = _("Closed: nobody new can sign up for this role. Whoever has a place keeps it.")
    flash(is_open if step == "open" else closed, "ok")
    return redirect(url_for("desk.roles.show", public_id=public_id), 303)


def one_of(campaign: Campaign, public_id: str) -> DeskRole:
    """The role of this campaign; else 404."""
    return next((one for one in roles_of(campaign.id) if one.role.public_id == public_id), None) or abort(404)


def _kept(
    campaign: Campaign, role: VolunteerRole, form: RoleForm, before: DeskRole | None = None
) -> ResponseReturnValue:
    form.fill(role)
    same = before is not None and before.pending is None and before.shown is not None
    if not (same and all(getattr(before.shown, name) == text for name, text in form.words.items())):  # type: ignore[union-attr]
        propose(role, form.words, current_user.id, form.hidden_marks() or None)
        flash(_("Sent. It is shown once a moderator has agreed."), "ok")
    stamps.bump(stamp_of(campaign.id))
    db.session.commit()
    return redirect(url_for("desk.roles.show", public_id=campaign.public_id), 303)


def _page(campaign: Campaign, form: RoleForm, found: DeskRole | None = None) -> str:
    return render_template(
        "desk/role.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        form=form,
        found=found,
        problems=form.problems() if request.method == "POST" else [],
    )
