"""From national to province: choosing provinces, one look over everything, and the act that makes them all."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from campaigns.base.digits import grouped
from campaigns.base.extensions import db
from campaigns.base.slugs import LONGEST, suggest
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.clones import clones_of
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.families.cloning import Refused, clone, desks_of, house_of, may_be_cloned
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.regions.models import Province
from campaigns.domain.regions.queries import provinces
from campaigns.web.desk.cloneforms import CloneForm
from campaigns.web.desk.mine import mine, reach
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.transfers import accounts_for

page = Blueprint("cloning", __name__)


@page.get("/c/<public_id>/provinces/new")
@needs(Permission.EDIT_CAMPAIGN)
def new(public_id: str) -> ResponseReturnValue:
    campaign = _clonable(public_id)
    taken = _taken(campaign)
    rows = [
        {"province": place.code, "chosen": False, "slug": _slug(campaign, place), "organizer": 0}
        for place in provinces(language().code)
        if place.code not in taken
    ]
    return _page(campaign, _offered(CloneForm(data={"rows": rows}), campaign))


@page.post("/c/<public_id>/provinces/new")
@needs(Permission.EDIT_CAMPAIGN)
def check(public_id: str) -> ResponseReturnValue:
    """One look over everything; `back` leads from there to the form again, with all that was written."""
    campaign = _clonable(public_id)
    form = _offered(CloneForm(), campaign)
    if "back" in request.form:
        return _page(campaign, form)
    if not form.validate():
        return _page(campaign, form), 422
    return _check_page(campaign, form)


@page.post("/c/<public_id>/provinces")
@needs(Permission.EDIT_CAMPAIGN)
def make(public_id: str) -> ResponseReturnValue:
    """All of them or none. Sent twice, the second time finds them made."""
    campaign = _clonable(public_id, lock=True)
    form = _offered(CloneForm(), campaign)
    wanted = {row.province.data for row in form.chosen}
    if wanted and wanted <= _taken(campaign):
        flash(_("These provinces have their campaigns already."), "ok")
        return redirect(url_for("desk.provinces.show", public_id=public_id), 303)
    if not form.validate():
        return _page(campaign, form), 422
    try:
        made = clone(campaign, form.wishes(), current_user)
    except Refused:
        abort(404)
    db.session.commit()
    count = grouped(len(made), language().code)
    flash(
        ngettext(
            "Made: the draft of %(n)s province.", "Made: the drafts of %(n)s provinces.", len(made), n=count
        ),
        "ok",
    )
    return redirect(url_for("desk.provinces.show", public_id=public_id), 303)


def may_clone(campaign: Campaign) -> bool:
    """Whoever writes campaigns of the whole country, for one that is neither over nor a clone itself."""
    return reach() is None and may_be_cloned(campaign)


def _clonable(public_id: str, *, lock: bool = False) -> Campaign:
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN, lock=lock)
    if not may_clone(campaign):
        abort(404)
    return campaign


def _taken(campaign: Campaign) -> frozenset[str]:
    return frozenset(row.province_code for row in clones_of(campaign.id))


def _offered(form: CloneForm, campaign: Campaign) -> CloneForm:
    places = {place.code: place for place in provinces(language().code)}
    form.offer(campaign, places, _taken(campaign), desks_of(places))
    return form


def _slug(campaign: Campaign, place: Province) -> str:
    ending = suggest(place.name_en) or place.code.lower()
    return f"{campaign.slug[: LONGEST - len(ending) - 1].rstrip('-')}-{ending}"


def _page(campaign: Campaign, form: CloneForm) -> str:
    return render_template(
        "desk/clone.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        form=form,
        names=_names(),
    )


def _check_page(campaign: Campaign, form: CloneForm) -> str:
    desks = desks_of([wish.province_code for wish in form.wishes()])
    houses = [house_of(campaign, wish, desks[wish.province_code]) for wish in form.wishes()]
    return render_template(
        "desk/clone_check.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        form=form,
        names=_names(),
        rows=[(row, house, accounts_for(house.id)) for row, house in zip(form.chosen, houses, strict=True)],
        units=sum(row.unit_count.data for row in form.chosen),
    )


def _names() -> dict[str, str]:
    english = language().code == "en"
    return {place.code: place.name_en if english else place.name_fa for place in provinces(language().code)}
