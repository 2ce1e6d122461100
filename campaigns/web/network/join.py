"""Signing up: first where, then who, what and when. No account, no script."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.base.extensions import db
from campaigns.base.phone import parse_mobile
from campaigns.domain.insights.portal import has_samples
from campaigns.domain.regions.models import Province
from campaigns.domain.regions.queries import province as province_of
from campaigns.domain.regions.queries import provinces
from campaigns.domain.volunteers.links import own
from campaigns.domain.volunteers.profiles import sign_up
from campaigns.web.guards import public
from campaigns.web.locale import language
from campaigns.web.network import formkey
from campaigns.web.network.forms import JoinForm
from campaigns.web.network.limits import too_fast, wait_to_join

page = Blueprint("join", __name__)
FORM = "join"


@page.get("/join")
@public()
def where() -> ResponseReturnValue:
    """Which province: the counties that can be chosen afterwards are its own."""
    code = request.args.get("province", "")
    if code:
        return redirect(url_for("network.join.show", province=code), 303)
    return render_template("network/where.html", sample=has_samples(), provinces=provinces(language().code))


@page.get("/join/<province>")
@public()
def show(province: str) -> ResponseReturnValue:
    form = JoinForm(_province(province), formdata=None)
    form.form_key.data = formkey.new(FORM)
    return _page(form)


@page.post("/join/<province>")
@public()
def create(province: str) -> ResponseReturnValue:
    """The answer is the same whether the number was known or not."""
    form = JoinForm(_province(province))
    good = form.validate()
    key = formkey.check(form.form_key.data or "", FORM)
    if not good or key is None or form.website.data:
        return _page(form, again=good), 422
    mobile = parse_mobile(form.mobile.data) or ""
    wait = wait_to_join(mobile)
    if wait:
        db.session.commit()
        return too_fast(wait)
    code = sign_up(form.profile(), mobile, key)
    db.session.commit()
    return redirect(url_for("network.mine.show", token=own(code)), 303)


def _province(code: str) -> Province:
    return province_of(code) or abort(404)


def _page(form: JoinForm, again: bool = False) -> str:
    """`again`: everything is right but the form itself, which was too old or too quick."""
    if again or not formkey.check(form.form_key.data or "", FORM):
        form.form_key.data = formkey.new(FORM)
    return render_template(
        "network/join.html",
        sample=has_samples(),
        form=form,
        place=form.province,
        again=again,
        problems=form.problems() if request.method == "POST" else [],
    )
