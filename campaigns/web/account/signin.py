"""Signing in, by password or passkey; who has set up a second step takes it after the password (`second`).

Unknown people, wrong passwords and disabled accounts: one answer, one amount of work.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.domain.accounts.actions import refresh_hash
from campaigns.domain.accounts.identity import Login, login_of
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.passwords import hash_password, is_outdated, matches
from campaigns.domain.accounts.queries import Credentials, credentials, present
from campaigns.domain.accounts.throttle import Gate
from campaigns.domain.factors.errors import BadPasskey
from campaigns.domain.factors.queries import has_any
from campaigns.web import passkeys
from campaigns.web.account.entering import let_half_in, let_in
from campaigns.web.account.failing import FAILED, note_stopped, note_try
from campaigns.web.account.forms import SignInForm
from campaigns.web.account.landing import landing
from campaigns.web.guards import entrance
from campaigns.web.tries import refused, seconds_to_wait, slow_down

page = Blueprint("signin", __name__)


@page.get("/sign-in")
@entrance()
def show() -> ResponseReturnValue:
    token = request.args.get("next")
    if current_user.is_authenticated:
        return redirect(landing(current_user.id, token), 303)
    return _page(SignInForm(data={"next": token or ""}))


@page.post("/sign-in")
@entrance()
def enter() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate():
        return _page(form), 422
    login = login_of(form.login.data)
    wait = seconds_to_wait(Gate.SIGN_IN, login)
    if wait:
        note_stopped(login, "password")
        db.session.commit()
        form.login.errors = [slow_down(wait)]
        return refused(_page(form), wait)
    kept = credentials(login)
    db.session.commit()  # no transaction stays open while the password is checked
    user = _accepted(kept, form.password.data)
    if user is None:
        note_try(FAILED, login, "password")
        db.session.commit()
        form.login.errors = [
            _("The e-mail, the number or the password is not right. Check both and try again.")
        ]
        return _page(form), 422
    if has_any(user.id):
        let_half_in(user, form.next.data or "")
        path = url_for("account.second.show")
    else:
        let_in(user, with_second=False)
        path = landing(user.id, form.next.data)
    db.session.commit()
    return redirect(path, 303)


@page.post("/sign-in/passkey")
@entrance()
def enter_by_passkey() -> ResponseReturnValue:
    """One step: the device had to make sure who holds it, so it stands for both."""
    form = SignInForm()
    stranger = Login(other=f"passkey {request.remote_addr}")
    wait = seconds_to_wait(Gate.SIGN_IN, stranger)
    if wait:
        note_stopped(stranger, "passkey")
        db.session.commit()
        form.login.errors = [slow_down(wait)]
        return refused(_page(form), wait)
    try:
        found = passkeys.shown(passkeys.ENTER, request.form.get("passkey", ""))
    except BadPasskey:
        db.session.rollback()
        found = None
    user = present(found.user_id) if found else None
    if user is None:
        note_try(FAILED, stranger, "passkey")
        db.session.commit()
        form.login.errors = [_("The passkey was not accepted. Try it again, or use your password.")]
        return _page(form), 422
    let_in(user, with_second=True)
    path = landing(user.id, form.next.data)
    db.session.commit()
    return redirect(path, 303)


def _accepted(kept: Credentials, password: str) -> User | None:
    """The person, if the password is theirs. Brings an old hash up to today's parameters."""
    if not matches(kept.password_hash, password):
        return None
    better = hash_password(password) if is_outdated(kept.password_hash) else None
    user = present(kept.user_id)
    if user is not None and better:
        refresh_hash(user, better)
    return user


def _page(form: SignInForm) -> str:
    return render_template("account/sign_in.html", form=form, question=passkeys.to_show(passkeys.ENTER))
