"""The call in a crisis: one short page, the same answer for everybody."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.base.extensions import db
from campaigns.base.fields import choices
from campaigns.base.phone import parse_mobile
from campaigns.domain.insights.portal import has_samples
from campaigns.domain.regions.queries import provinces
from campaigns.domain.volunteers.surge_models import Surge
from campaigns.domain.volunteers.surges import answer, by_slug
from campaigns.web.guards import cacheable, public
from campaigns.web.locale import language
from campaigns.web.network import formkey
from campaigns.web.network.forms import CallForm
from campaigns.web.network.limits import too_fast, wait_to_answer

page = Blueprint("surge", __name__)


@page.get("/now/<slug>")
@public()
def show(slug: str) -> ResponseReturnValue:
    surge = _found(slug)
    form = _form(surge, formdata=None)
    form.form_key.data = formkey.new(f"surge:{surge.public_id}")
    return _page(surge, form)


@page.post("/now/<slug>")
@public()
def come(slug: str) -> ResponseReturnValue:
    surge = _found(slug)
    if surge.closed_at is not None:
        return redirect(url_for("network.surge.show", slug=slug), 303)
    form = _form(surge)
    good, purpose = form.validate(), f"surge:{surge.public_id}"
    if not good or form.website.data or not formkey.check(form.form_key.data or "", purpose):
        form.form_key.data = formkey.new(purpose)
        return _page(surge, form, again=good), 422
    mobile = parse_mobile(form.mobile.data) or ""
    wait = wait_to_answer(mobile)
    if wait:
        db.session.commit()
        return too_fast(wait)
    answer(surge, mobile, form.name.data, form.province.data, form.offer.data, language().code)
    db.session.commit()
    return redirect(url_for("network.surge.thanks", slug=slug), 303)


@page.get("/now/<slug>/thanks")
@cacheable(shared_seconds=60)
def thanks(slug: str) -> ResponseReturnValue:
    return render_template("network/thanks.html", sample=has_samples(), surge=_found(slug))


def _found(slug: str) -> Surge:
    return by_slug(slug) or abort(404)


def _form(surge: Surge, **kwargs: object) -> CallForm:
    english = language().code == "en"
    form = CallForm(data={"province": surge.province_code}, **kwargs)
    form.province.choices = choices(
        (place.code, place.name_en if english else place.name_fa) for place in provinces(language().code)
    )
    return form


def _page(surge: Surge, form: CallForm, again: bool = False) -> str:
    english = language().code == "en"
    return render_template(
        "network/surge.html",
        sample=has_samples(),
        surge=surge,
        title=(surge.title_en if english else "") or surge.title_fa,
        about=(surge.about_en if english else "") or surge.about_fa,
        form=form,
        again=again,
        problems=form.problems() if request.method == "POST" else [],
    )
