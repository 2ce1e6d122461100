"""The roles of a campaign and their shifts, and signing up: shifts first, then who. No account, no script."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.calendar import state_on
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import by_slug, moved_to
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.regions.queries import provinces
from campaigns.domain.volunteers.holders import Holder, holder_of, join
from campaigns.domain.volunteers.offers import RoleOffer, ShiftOffer, volunteering
from campaigns.domain.volunteers.profile_models import VolunteerRequest
from campaigns.domain.volunteers.queries import by_code
from campaigns.domain.volunteers.rolls import shift_ids
from campaigns.domain.volunteers.signups import TAKES_PEOPLE, Asking, CannotTake, Why, take
from campaigns.domain.volunteers.stamps import stamp_of
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable, public
from campaigns.web.letterlinks import link
from campaigns.web.locale import language
from campaigns.web.render import themed
from campaigns.web.shifts import formkey
from campaigns.web.shifts.forms import SignUpForm
from campaigns.web.shifts.limits import too_fast, wait_to_sign_up
from campaigns.web.shifts.times import shift_said
from campaigns.web.shifts.words import field_of, sentence

page = Blueprint("roles", __name__)


class UnknownCode(Exception):
    """Nobody has the code that was typed."""


@page.get("/c/<slug>/volunteer")
@cacheable(prompt=True)
def show(slug: str) -> ResponseReturnValue:
    """Every role with its shifts to come and the places left: nothing about anybody."""
    campaign = by_slug(slug)
    if campaign is None:
        return _moved(slug)
    depends(*stamps.of_asking(campaign.id), stamp_of(campaign.id))
    return themed(
        campaign.theme,
        "shifts/roles.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        offers=volunteering(campaign.id, language().code),
        takes_people=_takes_people(campaign),
    )


@page.get("/c/<slug>/volunteer/<role>")
@public()
def ask(slug: str, role: str) -> ResponseReturnValue:
    campaign, offer = _offered(slug, role)
    form = SignUpForm(formdata=None)
    form.form_key.data = formkey.new(role)
    _offer(form, campaign, offer)
    return _page(campaign, offer, form)


@page.post("/c/<slug>/volunteer/<role>")
@public()
def sign_up(slug: str, role: str) -> ResponseReturnValue:
    campaign, offer = _offered(slug, role)
    form = SignUpForm()
    _offer(form, campaign, offer)
    code = formkey.check(form.form_key.data or "", role)
    if not form.validate() or code is None or form.website.data:
        return _page(campaign, offer, form, "" if form.errors else _again()), 422
    if holder_of(code) is not None:  # the same form once more
        return redirect(url_for("shifts.status.show", code=code), 303)
    wait = wait_to_sign_up(form.who)
    if wait:
        db.session.commit()
        return too_fast(wait)
    asking = Asking(language().code, form.address())
    try:
        with db.session.begin_nested():  # that somebody tried is kept in any case
            holder = _holder(form, code)
            take(holder, shift_ids(offer.public_id, form.shifts.data), asking, link)
    except CannotTake as refusal:
        db.session.commit()
        if refusal.why is Why.ALREADY and form.by_code:
            return redirect(url_for("shifts.status.show", code=form.who), 303)
        form[field_of(refusal.why)].errors = [sentence(refusal.why, offer)]
        return _page(campaign, offer, form), 422
    except UnknownCode:
        db.session.commit()
        form.code.errors = [
            _("We do not know this code. Look at it again, or register in the volunteer network.")
        ]
        return _page(campaign, offer, form), 422
    db.session.commit()
    return redirect(url_for("shifts.status.show", code=holder.code), 303)


def _holder(form: SignUpForm, code: str) -> Holder:
    if not form.by_code:
        return join(form.name.data, form.who, form.province.data, language().code, code)
    holder = holder_of(form.who)
    if holder is None and isinstance(by_code(form.who), VolunteerRequest):
        raise CannotTake(Why.UNVERIFIED)
    if holder is None:
        raise UnknownCode
    return holder


def _offered(slug: str, role: str) -> tuple[Campaign, RoleOffer]:
    campaign = by_slug(slug)
    if campaign is None or not _takes_people(campaign):
        abort(404)
    offers = volunteering(campaign.id, language().code)
    return campaign, next((one for one in offers.roles if one.public_id == role), None) or abort(404)


def _offer(form: SignUpForm, campaign: Campaign, offer: RoleOffer) -> None:
    code = language().code
    places = [(place.code, place.name_en if code == "en" else place.name_fa) for place in provinces(code)]
    form.offer(
        [(shift.public_id, _said(shift)) for shift in offer.shifts], places, needs_code=bool(offer.speciality)
    )
    if not form.province.data and campaign.provinces:
        form.province.data = campaign.provinces[0].code


def _said(shift: ShiftOffer) -> str:
    return shift_said(shift, language().code)


def _page(campaign: Campaign, offer: RoleOffer, form: SignUpForm, note: str = "") -> str:
    if formkey.check(form.form_key.data or "", offer.public_id) is None:
        form.form_key.data = formkey.new(offer.public_id)
    problems = form.problems() if request.method == "POST" else []
    return themed(
        campaign.theme,
        "shifts/sign_up.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        role=offer,
        form=form,
        problems=problems or ([("go-on", note)] if note else []),
    )


def _again() -> str:
    return _(
        "This page has been open for a while, or was sent too quickly. Everything is kept: please send it once more."
    )


def _takes_people(campaign: Campaign) -> bool:
    return state_on(campaign, tehran_day(now()))[0] in TAKES_PEOPLE


def _moved(slug: str) -> ResponseReturnValue:
    present = moved_to(slug)
    if present is None:
        abort(404)
    return redirect(url_for("shifts.roles.show", slug=present), 301)
