"""Bringing somebody in: who they are and their first role. They choose their password themselves, by a letter's link.

Where no letter can reach, the link is shown once, to be handed over.
"""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts import delegation
from campaigns.domain.accounts.access import Scope
from campaigns.domain.accounts.actions import AlreadyKnown, create_person
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Permission, Role
from campaigns.domain.accounts.resets import INVITED_HOURS
from campaigns.web.guards import needs
from campaigns.web.people.forms import InviteForm
from campaigns.web.people.letters import address_of, say_how, write_invitation
from campaigns.web.people.reach import reach, wholly
from campaigns.web.people.roles import what_each_may

page = Blueprint("invite", __name__)


@page.get("/new")
@needs(Permission.MANAGE_PEOPLE, recent=True)
def new() -> ResponseReturnValue:
    return _page(InviteForm(reach()))


@page.post("/new")
@needs(Permission.MANAGE_PEOPLE, recent=True)
def create() -> ResponseReturnValue:
    scope = reach()
    form = InviteForm(scope)
    if not form.validate():
        return _page(form), 422
    user = _made(form, scope)
    if user is None:
        return _page(form), 422
    if user.email:
        write_invitation(user, delegation.invite(current_user, scope, user), current_user.name)
    db.session.commit()
    say_how(user)
    return redirect(url_for("people.person.show", public_id=user.public_id), 303)


@page.post("/<public_id>/invite")
@needs(Permission.MANAGE_PEOPLE, recent=True)
def again(public_id: str) -> ResponseReturnValue:
    """Another letter, which ends the link of the one before; or a link to hand over, on a page of its own."""
    csrf.protect()
    scope = reach()
    user = wholly(scope, public_id)
    try:
        secret = delegation.invite(current_user, scope, user)
    except delegation.NotYours:
        abort(404)
    if user.email:
        write_invitation(user, secret, current_user.name)
    link = address_of(user, secret)
    db.session.commit()
    if not user.email:
        return render_template("people/link.html", user=user, link=link, hours=INVITED_HOURS)
    say_how(user)
    return redirect(url_for("people.person.show", public_id=public_id), 303)


def _made(form: InviteForm, scope: Scope) -> User | None:
    """The person with their first role; None when somebody has the address or the number already."""
    try:
        user = create_person(**form.about(), by=current_user)
    except AlreadyKnown:
        form.name_twins(scope)
        return None
    role, house = Role(form.role.data), form.chosen_organization()
    delegation.give(current_user, scope, user, role, form.chosen_place(), house)
    return user


def _page(form: InviteForm) -> str:
    return render_template("people/new.html", form=form, each_may=what_each_may())
