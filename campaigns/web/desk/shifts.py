"""Shifts of a role on the desk: adding them, more or fewer places, calling one off."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from campaigns.base import stamps
from campaigns.base.digits import grouped
from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.volunteers.rolls import DeskRole, shift_of
from campaigns.domain.volunteers.shift_models import Shift
from campaigns.domain.volunteers.signups import call_off, set_places
from campaigns.domain.volunteers.stamps import stamp_of
from campaigns.web.desk.mine import mine
from campaigns.web.desk.roleforms import PlacesForm, ShiftForm
from campaigns.web.desk.roles import one_of
from campaigns.web.guards import needs
from campaigns.web.letterlinks import link
from campaigns.web.locale import language

page = Blueprint("shifts", __name__)


@page.get("/c/<public_id>/roles/<role>/shifts")
@needs(Permission.EDIT_CAMPAIGN)
def begin(public_id: str, role: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    return _page(campaign, one_of(campaign, role), ShiftForm(formdata=None))


@page.post("/c/<public_id>/roles/<role>/shifts")
@needs(Permission.EDIT_CAMPAIGN)
def add(public_id: str, role: str) -> ResponseReturnValue:
    """One shift, or the same hours for some weeks."""
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    found, form = one_of(campaign, role), ShiftForm()
    if not form.validate():
        return _page(campaign, found, form), 422
    times = form.times()
    db.session.add_all(
        Shift(role=found.role, starts_at=starts, ends_at=ends, places=form.places.data)
        for starts, ends in times
    )
    stamps.bump(stamp_of(campaign.id))
    db.session.commit()
    number = grouped(len(times), language().code)
    flash(ngettext("%(n)s shift is there now.", "%(n)s shifts are there now.", len(times), n=number), "ok")
    return redirect(url_for("desk.roles.show", public_id=public_id), 303)


@page.get("/c/<public_id>/shifts/<shift>/places")
@needs(Permission.EDIT_CAMPAIGN)
def places(public_id: str, shift: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    found = _found(campaign, shift)
    return _places(campaign, found, PlacesForm(formdata=None, data={"places": found.places}))


@page.post("/c/<public_id>/shifts/<shift>/places")
@needs(Permission.EDIT_CAMPAIGN)
def change(public_id: str, shift: str) -> ResponseReturnValue:
    """With more places, whoever waits moves up in the same transaction."""
    campaign, form = mine(public_id, Permission.EDIT_CAMPAIGN), PlacesForm()
    found = _found(campaign, shift)
    if not form.validate():
        return _places(campaign, found, form), 422
    if not set_places(found, form.places.data, link):
        form.places.errors = [_("There cannot be fewer places than are taken.")]
        return _places(campaign, found, form), 422
    number = grouped(form.places.data, language().code)
    db.session.commit()
    flash(
        ngettext(
            "The shift has %(n)s place now.", "The shift has %(n)s places now.", form.places.data, n=number
        ),
        "ok",
    )
    return redirect(url_for("desk.roles.show", public_id=public_id), 303)


@page.post("/c/<public_id>/shifts/<shift>/call-off")
@needs(Permission.EDIT_CAMPAIGN)
def cancel(public_id: str, shift: str) -> ResponseReturnValue:
    """Everybody on it who left an address is written to."""
    csrf.protect()
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    call_off(_found(campaign, shift), link)
    db.session.commit()
    flash(_("Called off. Those who left an address get a letter; please call the others."), "ok")
    return redirect(url_for("desk.roll.show", public_id=public_id, shift=shift), 303)


def _found(campaign: Campaign, shift: str) -> Shift:
    found = shift_of(campaign.id, shift)
    if found is None:
        abort(404)
    return found


def _page(campaign: Campaign, found: DeskRole, form: ShiftForm) -> str:
    return render_template(
        "desk/shift_new.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        found=found,
        form=form,
        problems=form.problems() if request.method == "POST" else [],
    )


def _places(campaign: Campaign, shift: Shift, form: PlacesForm) -> str:
    return render_template(
        "desk/shift_places.html",
        campaign=campaign,
        shift=shift,
        form=form,
        problems=form.problems() if request.method == "POST" else [],
    )
