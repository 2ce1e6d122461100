"""A new password for somebody who forgot theirs: ask, get a letter, follow its link once.

The answer is the same whether or not somebody is known here. An invitation leads to the same page: who has no
password yet is welcomed, and no letter says that one was changed.
"""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from campaigns.base.extensions import db
from campaigns.base.tokens import hash_secret
from campaigns.domain.accounts.identity import Login, login_of
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.passwords import hash_password
from campaigns.domain.accounts.queries import person
from campaigns.domain.accounts.resets import VALID_MINUTES, LinkSpent, holder, new_link, use_link
from campaigns.domain.accounts.throttle import Gate
from campaigns.domain.accounts.weak import MIN_LENGTH
from campaigns.domain.audit.recording import record
from campaigns.domain.notices import letters
from campaigns.web.account.failing import ASKED, note_stopped, note_try
from campaigns.web.account.forms import AskResetForm, NewPasswordForm, is_strong
from campaigns.web.acting import act_as
from campaigns.web.guards import CrossSite, public
from campaigns.web.render import absolute
from campaigns.web.tries import refused, seconds_to_wait, slow_down

page = Blueprint("reset", __name__)


@page.get("/reset")
@public()
def ask() -> ResponseReturnValue:
    return render_template("account/reset.html", form=AskResetForm())


@page.post("/reset")
@public(cross_site=CrossSite.STRICT)
def send() -> ResponseReturnValue:
    form = AskResetForm()
    if not form.validate():
        return render_template("account/reset.html", form=form), 422
    login = login_of(form.login.data)
    wait = seconds_to_wait(Gate.RESET, login)
    if wait:
        note_stopped(login, "reset")
        db.session.commit()
        form.login.errors = [slow_down(wait)]
        return refused(render_template("account/reset.html", form=form), wait)
    note_try(ASKED, login, "reset")
    _write_letter(login)
    db.session.commit()
    return redirect(url_for("account.reset.sent"), 303)


@page.get("/reset-sent")
@public()
def sent() -> ResponseReturnValue:
    return render_template("account/reset_sent.html", minutes=VALID_MINUTES)


@page.get("/reset/<secret>")
@public()
def choose(secret: str) -> ResponseReturnValue:
    try:
        welcome = _welcome(holder(secret))
    except LinkSpent:
        return _spent()
    return _page(secret, NewPasswordForm(), welcome)


@page.post("/reset/<secret>")
@public(cross_site=CrossSite.STRICT)
def change(secret: str) -> ResponseReturnValue:
    form = NewPasswordForm()
    wait = seconds_to_wait(Gate.PASSWORD, Login(other=secret))
    if wait:
        form.password.errors = [slow_down(wait)]
        return refused(_page(secret, form, ""), wait)
    try:
        user = holder(secret)
        about, welcome = (user.name, user.email, user.mobile), _welcome(user)
        db.session.commit()  # no transaction stays open while the password is hashed
        if not form.validate() or not is_strong(form.password, about):
            return _page(secret, form, welcome), 422
        password_hash = hash_password(form.password.data)
        act_as(user)
        user = use_link(secret, password_hash)
        record("reset_done", "user", user.public_id)
    except LinkSpent:
        db.session.rollback()
        return _spent()
    if not welcome:
        letters.password_changed(user, hash_secret(password_hash))
    db.session.commit()
    return redirect(url_for("account.reset.begun" if welcome else "account.reset.done"), 303)


@page.get("/reset-done")
@public()
def done() -> ResponseReturnValue:
    return render_template("account/reset_done.html")


@page.get("/welcome")
@public()
def begun() -> ResponseReturnValue:
    return render_template("account/begun.html")


def _write_letter(login: Login) -> None:
    user = person(login)
    if user is None or not user.is_enabled or not user.email:
        return
    secret = new_link(user)
    url = absolute(url_for("account.reset.choose", secret=secret))
    letters.reset_link(user, url, hash_secret(secret), VALID_MINUTES)


def _welcome(user: User) -> str:
    """What somebody who never had a password will sign in with; empty for everybody else."""
    return (user.email or user.mobile or "") if user.password_hash is None else ""


def _page(secret: str, form: NewPasswordForm, welcome: str) -> str:
    return render_template(
        "account/new_password.html", form=form, secret=secret, welcome=welcome, least=MIN_LENGTH
    )


def _spent() -> ResponseReturnValue:
    return render_template("account/link_spent.html"), 410
