"""The second step of signing in, after the password: a code of the app, one from paper, or a passkey."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from campaigns.base.digits import in_script
from campaigns.base.extensions import db
from campaigns.domain.accounts.identity import Login
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.throttle import Gate
from campaigns.domain.factors import codes, recovery
from campaigns.domain.factors.errors import BadPasskey, WrongCode
from campaigns.domain.factors.queries import factors_of
from campaigns.web import passkeys
from campaigns.web.account.entering import half_in, let_in
from campaigns.web.account.failing import FAILED, note_stopped, note_try_of
from campaigns.web.account.forms import CodeForm
from campaigns.web.account.landing import landing
from campaigns.web.guards import entrance
from campaigns.web.locale import language
from campaigns.web.tries import refused, seconds_to_wait, slow_down

page = Blueprint("second", __name__)


@page.get("/sign-in/second")
@entrance()
def show() -> ResponseReturnValue:
    user = half_in()
    return _page(user, CodeForm()) if user else redirect(url_for("account.signin.show"), 303)


@page.post("/sign-in/second")
@entrance()
def check() -> ResponseReturnValue:
    user = half_in()
    if user is None:
        return redirect(url_for("account.signin.show"), 303)
    form = CodeForm()
    if not form.validate():
        return _page(user, form), 422
    wait = seconds_to_wait(Gate.CODE, Login(other=user.public_id))
    if wait:
        note_stopped(Login(email=user.email, mobile=user.mobile), "second")
        db.session.commit()
        form.code.errors = [slow_down(wait)]
        return refused(_page(user, form), wait)
    try:
        is_paper = codes.accept(user.id, form.code.data)
    except WrongCode:
        note_try_of(FAILED, user, "second")
        db.session.commit()
        form.code.errors = [_("This code was not accepted. Wait for the next one and write that.")]
        return _page(user, form), 422
    path = _let_through(user)
    if is_paper:
        _say_how_many(recovery.left(user.id))
    db.session.commit()
    return redirect(path, 303)


@page.post("/sign-in/second/passkey")
@entrance()
def check_passkey() -> ResponseReturnValue:
    user = half_in()
    if user is None:
        return redirect(url_for("account.signin.show"), 303)
    form = CodeForm()
    try:
        passkeys.shown(passkeys.SECOND, request.form.get("passkey", ""), user)
    except BadPasskey:
        db.session.rollback()
        note_try_of(FAILED, user, "second")
        db.session.commit()
        form.code.errors = [_("The passkey was not accepted. Try it again, or write a code.")]
        return _page(user, form), 422
    path = _let_through(user)
    db.session.commit()
    return redirect(path, 303)


def _let_through(user: User) -> str:
    """Where the person goes on."""
    token = session.get("half_next")
    let_in(user, with_second=True)
    return landing(user.id, token)


def _page(user: User, form: CodeForm) -> str:
    question = passkeys.to_show(passkeys.SECOND, user)
    return render_template("account/second.html", form=form, factors=factors_of(user.id), question=question)


def _say_how_many(left: int) -> None:
    count = in_script(str(left), language().code)
    flash(
        ngettext(
            "You used a recovery code. %(count)s is left; write new ones in your account.",
            "You used a recovery code. %(count)s are left; write new ones in your account.",
            left,
            count=count,
        ),
        "warn",
    )
