"""Mending a mistyped name, address or number, as long as the person has not come in. A new letter goes out."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.base.phone import shown
from campaigns.domain.accounts import delegation
from campaigns.domain.accounts.access import Scope
from campaigns.domain.accounts.actions import AlreadyKnown
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Permission
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.people.forms import PersonForm
from campaigns.web.people.letters import say_how, write_invitation
from campaigns.web.people.reach import reach, wholly

page = Blueprint("correct", __name__)


@page.get("/<public_id>/correct")
@needs(Permission.MANAGE_PEOPLE, recent=True)
def show(public_id: str) -> ResponseReturnValue:
    user = _newcomer(reach(), public_id)
    kept = {"name": user.name, "email": user.email, "language": user.language}
    number = shown(user.mobile, language().code) if user.mobile else ""
    return _page(user, PersonForm(data={**kept, "mobile": number}))


@page.post("/<public_id>/correct")
@needs(Permission.MANAGE_PEOPLE, recent=True)
def change(public_id: str) -> ResponseReturnValue:
    scope = reach()
    user = _newcomer(scope, public_id)
    form = PersonForm()
    if not form.validate():
        return _page(user, form), 422
    try:
        delegation.correct(current_user, scope, user, **form.about())
    except delegation.NotYours:
        abort(404)
    except AlreadyKnown:
        form.name_twins(scope, user.id)
        return _page(user, form), 422
    if user.email:
        write_invitation(user, delegation.invite(current_user, scope, user), current_user.name)
    db.session.commit()
    say_how(user)
    return redirect(url_for("people.person.show", public_id=public_id), 303)


def _newcomer(scope: Scope, public_id: str) -> User:
    user = wholly(scope, public_id)
    if not delegation.may_be_corrected(user):
        abort(404)
    return user


def _page(user: User, form: PersonForm) -> str:
    return render_template("people/correct.html", user=user, form=form)
