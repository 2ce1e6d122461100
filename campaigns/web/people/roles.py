"""Giving somebody a role and taking one away, the latter after a page that says what will be gone."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts import delegation, directory
from campaigns.domain.accounts.access import Scope
from campaigns.domain.accounts.administrators import LastAdministrator
from campaigns.domain.accounts.grants import Place, holds
from campaigns.domain.accounts.models import Grant, User
from campaigns.domain.accounts.permissions import ROLE_LABELS, SENTENCES, WHO_MAY, Permission, Role
from campaigns.web.guards import needs
from campaigns.web.people.forms import RoleForm
from campaigns.web.people.reach import another, reach
from campaigns.web.people.words import Names, place_at

page = Blueprint("roles", __name__)


@page.get("/<public_id>/give")
@needs(Permission.MANAGE_PEOPLE, recent=True)
def choose(public_id: str) -> ResponseReturnValue:
    scope = reach()
    return _form_page(another(scope, public_id), RoleForm(scope))


@page.post("/<public_id>/give")
@needs(Permission.MANAGE_PEOPLE, recent=True)
def give(public_id: str) -> ResponseReturnValue:
    scope = reach()
    user = another(scope, public_id)
    form = RoleForm(scope)
    if not form.validate():
        return _form_page(user, form), 422
    role, house = Role(form.role.data), form.chosen_organization()
    try:
        delegation.give(current_user, scope, user, role, form.chosen_place(), house)
    except delegation.HeldAlready:
        form.role.errors = [_("This person has this role there already.")]
        return _form_page(user, form), 422
    db.session.commit()
    flash(_("The role is given. It counts at once."), "ok")
    return redirect(url_for("people.person.show", public_id=public_id), 303)


@page.get("/<public_id>/take/<role>/<place>")
@needs(Permission.MANAGE_PEOPLE, recent=True)
def confirm(public_id: str, role: str, place: str) -> ResponseReturnValue:
    scope = reach()
    user = another(scope, public_id)
    return _confirm_page(user, _held(scope, user, role, place))


@page.post("/<public_id>/take/<role>/<place>")
@needs(Permission.MANAGE_PEOPLE, recent=True)
def take(public_id: str, role: str, place: str) -> ResponseReturnValue:
    csrf.protect()
    scope = reach()
    user = another(scope, public_id)
    grant = _held(scope, user, role, place)
    where = Place(grant.province_code, grant.campaign_id)
    try:
        delegation.take(current_user, scope, user, Role(role), where)
    except delegation.NotYours:
        abort(404)
    except LastAdministrator:
        return _confirm_page(user, grant, is_last=True), 422
    is_seen = directory.one(scope, public_id) is not None
    db.session.commit()
    flash(_("The role is taken away. It no longer counts."), "ok")
    way = url_for("people.person.show", public_id=public_id) if is_seen else url_for("people.home.show")
    return redirect(way, 303)


def what_each_may() -> list[tuple[object, list[object]]]:
    """Every role with the sentences of what it lets do."""
    return [
        (ROLE_LABELS[role], [sentence for may, sentence in SENTENCES.items() if may in WHO_MAY[role]])
        for role in Role
    ]


def _held(scope: Scope, user: User, role: str, place: str) -> Grant:
    """The grant that an address names, within reach; else 404."""
    where = place_at(place)
    if role not in set(Role) or where is None or not delegation.reaches(scope, where):
        abort(404)
    grant = holds(user, Role(role), where)
    if grant is None:
        abort(404)
    return grant


def _form_page(user: User, form: RoleForm) -> str:
    return render_template("people/give.html", user=user, form=form, each_may=what_each_may())


def _confirm_page(user: User, grant: Grant, is_last: bool = False) -> str:
    return render_template("people/take.html", user=user, held=Names([grant]).held(grant), is_last=is_last)
