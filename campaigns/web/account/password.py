"""Changing my password. It asks for the present one and signs me out everywhere else."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.base.tokens import hash_secret
from campaigns.domain.accounts.actions import set_password
from campaigns.domain.accounts.identity import Login
from campaigns.domain.accounts.passwords import hash_password, matches
from campaigns.domain.accounts.throttle import Gate
from campaigns.domain.accounts.weak import MIN_LENGTH
from campaigns.domain.notices import letters
from campaigns.web.account.forms import ChangePasswordForm, is_strong
from campaigns.web.guards import signed_in
from campaigns.web.tries import refused, seconds_to_wait, slow_down

page = Blueprint("password", __name__)


@page.get("/account/password")
@signed_in()
def show() -> ResponseReturnValue:
    return _page(ChangePasswordForm())


@page.post("/account/password")
@signed_in()
def change() -> ResponseReturnValue:
    form = ChangePasswordForm()
    user = current_user
    about, kept_hash = (user.name, user.email, user.mobile), user.password_hash
    if not form.validate() or not is_strong(form.password, about):
        return _page(form), 422
    wait = seconds_to_wait(Gate.PASSWORD, Login(other=user.public_id))
    if wait:
        form.present.errors = [slow_down(wait)]
        return refused(_page(form), wait)
    db.session.commit()  # no transaction stays open while passwords are hashed
    if not matches(kept_hash, form.present.data):
        form.present.errors = [_("This is not your present password.")]
        return _page(form), 422
    password_hash = hash_password(form.password.data)
    set_password(user, password_hash)
    session.renew()
    letters.password_changed(user, hash_secret(password_hash))
    db.session.commit()
    flash(_("Your password is changed. You are signed out everywhere else."), "ok")
    return redirect(url_for("account.me.show"), 303)


def _page(form: ChangePasswordForm) -> str:
    return render_template("account/password.html", form=form, least=MIN_LENGTH)
