"""The desk's first page: what needs me, then my campaigns; and beginning a new one."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select
from wtforms import SelectField

from campaigns.base.extensions import db
from campaigns.base.fields import LineField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.slugs import suggest
from campaigns.domain.accounts.access import grants_of
from campaigns.domain.accounts.models import Organization
from campaigns.domain.accounts.permissions import WHO_MAY, Permission, Role
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.queries import slug_taken
from campaigns.domain.insights.portal import cards_of
from campaigns.web.desk.labels import STATE_LABELS, STATE_SHAPES
from campaigns.web.desk.mine import my_campaigns, reach
from campaigns.web.desk.todo import lines
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("home", __name__)
AT_FIRST = 20
"""Lines of what needs somebody that stand open; the rest unfolds."""


class NewForm(StaffForm):
    title = LineField(_l("Title"), [required(_l("Write a title"))], longest=120)
    organization = SelectField(_l("Who runs it"), coerce=int)


@page.get("/")
@needs(Permission.SEE_GIFTS)
def show() -> ResponseReturnValue:
    campaigns = my_campaigns()
    cards = cards_of([campaign.id for campaign in campaigns], language().code)
    waiting = lines(campaigns, cards, grants_of(current_user.id))
    return render_template(
        "desk/home.html",
        campaigns=campaigns,
        cards=cards,
        waiting=waiting[:AT_FIRST],
        more=waiting[AT_FIRST:],
        may_begin=reach() != frozenset(),
        states=STATE_LABELS,
        shapes=STATE_SHAPES,
    )


@page.get("/new")
@needs(Permission.EDIT_CAMPAIGN)
def new() -> ResponseReturnValue:
    _may_begin()
    return render_template("desk/new.html", form=_new_form())


@page.post("/new")
@needs(Permission.EDIT_CAMPAIGN)
def create() -> ResponseReturnValue:
    _may_begin()
    form = _new_form()
    if not form.validate():
        return render_template("desk/new.html", form=form), 422
    campaign = actions.create(
        current_user,
        form.organization.data,
        _free_slug(form.title.data),
        form.title.data,
        provinces=reach() or (),
    )
    actions.note_marks(campaign, form.hidden_marks())
    db.session.commit()
    flash(_("The draft is begun. Fill in its pages in any order; nobody sees it yet."), "ok")
    return redirect(url_for("desk.campaign.show", public_id=campaign.public_id), 303)


def _may_begin() -> None:
    """Somebody who may only change one campaign begins none."""
    if reach() == frozenset():
        abort(404)


def _new_form() -> NewForm:
    """Organizations of my grants to write campaigns; somebody with such a grant for none in particular may
    choose any.
    """
    form = NewForm()
    writing = [
        grant for grant in grants_of(current_user.id) if Permission.EDIT_CAMPAIGN in WHO_MAY[Role(grant.role)]
    ]
    own = {grant.organization_id for grant in writing if grant.campaign_id is None}
    query = select(Organization).order_by(Organization.id)
    if None not in own:
        query = query.where(Organization.id.in_(own))
    english = language().code == "en"
    form.organization.choices = choices(
        (house.id, house.name_en if english else house.name_fa) for house in db.session.scalars(query)
    )
    return form


def _free_slug(title: str) -> str:
    """A slug nobody has: from the title, with a number behind it where needed."""
    base = suggest(title) or "campaign"
    candidate, number = base, 1
    while slug_taken(candidate):
        number += 1
        candidate = f"{base[:54].rstrip('-')}-{number}"
    return candidate
