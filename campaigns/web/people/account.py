"""Disabling an account, which ends its sessions at once, and enabling it again; both after a page that asks."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts import delegation
from campaigns.domain.accounts.administrators import LastAdministrator
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Permission
from campaigns.web.guards import needs
from campaigns.web.people.reach import reach, wholly

page = Blueprint("account", __name__)


@page.get("/<public_id>/<any(disable, enable):step>")
@needs(Permission.MANAGE_PEOPLE, recent=True)
def confirm(public_id: str, step: str) -> ResponseReturnValue:
    user = wholly(reach(), public_id)
    if user.is_enabled == (step == "enable"):
        abort(404)
    return _page(user)


@page.post("/<public_id>/<any(disable, enable):step>")
@needs(Permission.MANAGE_PEOPLE, recent=True)
def switch(public_id: str, step: str) -> ResponseReturnValue:
    csrf.protect()
    scope = reach()
    user = wholly(scope, public_id)
    try:
        delegation.switch(current_user, scope, user, step == "enable")
    except delegation.NotYours:
        abort(404)
    except LastAdministrator:
        return _page(user, is_last=True), 422
    db.session.commit()
    flash(
        _("The account is enabled.")
        if step == "enable"
        else _("The account is disabled, and signed out everywhere."),
        "ok",
    )
    return redirect(url_for("people.person.show", public_id=public_id), 303)


def _page(user: User, is_last: bool = False) -> str:
    return render_template("people/switch.html", user=user, is_last=is_last)
