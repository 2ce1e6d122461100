"""Organizations as partners: a new one, and what is said of one. Each version waits for a moderator."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import Organization
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.moderation.queries import words_to_author
from campaigns.domain.moderation.verdicts import REASON_LABELS
from campaigns.domain.partners.profiles import MOST_LOGO_BYTES, Taken, bring_in, newest, versions, write
from campaigns.domain.partners.queries import logo_of, shown_profile
from campaigns.domain.regions.queries import provinces
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.partners import reach
from campaigns.web.partners.forms import OrganizationForm, SaidForm
from campaigns.web.partners.words import PROFILE_LABELS

page = Blueprint("organizations", __name__)
MOST_UPLOADED = MOST_LOGO_BYTES + 256 * 1024  # the picture, and the form around it


@page.get("/organizations/new")
@needs(Permission.MANAGE_PARTNERS)
def plan() -> ResponseReturnValue:
    return render_template("partners/new_organization.html", form=_new_form())


@page.post("/organizations/new")
@needs(Permission.MANAGE_PARTNERS)
def found() -> ResponseReturnValue:
    request.max_content_length = MOST_UPLOADED
    form = _new_form()
    if not form.validate():
        return render_template("partners/new_organization.html", form=form), 422
    try:
        made = bring_in(form.name(), form.said(), current_user, form.hidden_marks())
    except Taken:
        db.session.rollback()
        form.slug.errors = [_("Another organization has this address.")]
        return render_template("partners/new_organization.html", form=form), 422
    slug = made.organization.slug
    db.session.commit()
    flash(_("It waits for a moderator. Nobody outside sees it before that."), "ok")
    return redirect(url_for("partners.organizations.show", house=slug), 303)


@page.get("/organizations/<house>")
@needs(Permission.MANAGE_PARTNERS)
def show(house: str) -> ResponseReturnValue:
    found_house = reach.house(house)
    last = newest(found_house.id) or found_house  # what the console wrote is where the first version begins
    return _page(found_house, SaidForm(formdata=None, obj=last))


@page.post("/organizations/<house>")
@needs(Permission.MANAGE_PARTNERS)
def say(house: str) -> ResponseReturnValue:
    """A new version, in place of one that waits still; the one shown stays until a moderator has agreed."""
    request.max_content_length = MOST_UPLOADED
    found_house, form = reach.house(house), SaidForm()
    if not form.validate():
        return _page(found_house, form), 422
    try:
        write(found_house, form.said(), current_user, form.hidden_marks())
    except Taken:
        db.session.rollback()
        form.kind.errors = [_("Somebody else has written of it at this moment: look at what they wrote.")]
        return _page(reach.house(house), form), 422
    db.session.commit()
    flash(_("It waits for a moderator. What is shown now stays until then."), "ok")
    return redirect(url_for("partners.organizations.show", house=house), 303)


@page.get("/organizations/<house>/logo.png")
@needs(Permission.MANAGE_PARTNERS)
def logo(house: str) -> ResponseReturnValue:
    """The logo of the newest version, shown or not."""
    last = newest(reach.house(house).id)
    content = logo_of(last) if last else None
    if content is None:
        abort(404)
    return Response(content, mimetype="image/png")


def _new_form() -> OrganizationForm:
    scope, places = reach.scope(), provinces(language().code)
    mine = [place for place in places if scope.everywhere or place.code in scope.province_codes]
    return OrganizationForm(mine, scope.everywhere)


def _page(house: Organization, form: SaidForm) -> str:
    rows = versions(house.id)
    return render_template(
        "partners/organization.html",
        house=house,
        form=form,
        versions=rows[::-1],
        shown=shown_profile(house.id),
        states=PROFILE_LABELS,
        me=current_user.id,
        words=words_to_author("partner", [row.id for row in rows]),
        reasons=REASON_LABELS,
    )
