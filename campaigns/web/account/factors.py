"""My second step of signing in: what there is, the app that makes codes, recovery codes.

An app is kept once it has shown a right code: till then its secret waits in the session, sealed.
"""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.clock import now
from campaigns.base.extensions import csrf, db
from campaigns.base.sealing import SealBroken, seal, unseal
from campaigns.domain.accounts.actions import end_sessions
from campaigns.domain.accounts.history import note
from campaigns.domain.accounts.identity import Login
from campaigns.domain.accounts.throttle import Gate
from campaigns.domain.factors import actions, recovery, totp
from campaigns.domain.factors.errors import LastFactor, WrongCode
from campaigns.domain.factors.queries import factors_of, has_any, is_demanded
from campaigns.web.account.factorletters import tell
from campaigns.web.account.forms import CodeOfNewAppForm
from campaigns.web.guards import must_set_up, signed_in
from campaigns.web.qr import drawn
from campaigns.web.tries import refused, seconds_to_wait, slow_down

page = Blueprint("factors", __name__)
NEW = "new_app"
"""In the session and as the purpose of its seal: the secret of an app that has not shown a code yet."""


@page.get("/account/second-step")
@signed_in(before_second=True)
def show() -> ResponseReturnValue:
    return overview()


@page.post("/account/second-step/app/new")
@signed_in(before_second=True, recent=True)
def begin() -> ResponseReturnValue:
    csrf.protect()
    session[NEW] = seal(NEW, totp.new_secret())
    return redirect(url_for("account.factors.scan"), 303)


@page.get("/account/second-step/app")
@signed_in(before_second=True, recent=True)
def scan() -> ResponseReturnValue:
    secret = _waiting()
    return (
        _scan_page(secret, CodeOfNewAppForm()) if secret else redirect(url_for("account.factors.show"), 303)
    )


@page.post("/account/second-step/app")
@signed_in(before_second=True, recent=True)
def confirm() -> ResponseReturnValue:
    secret, form = _waiting(), CodeOfNewAppForm()
    if secret is None:
        abort(404)
    if not form.validate():
        return _scan_page(secret, form), 422
    wait = seconds_to_wait(Gate.CODE, Login(other=current_user.public_id))
    if wait:
        form.code.errors = [slow_down(wait)]
        return refused(_scan_page(secret, form), wait)
    try:
        totp.keep(current_user, secret, form.code.data)
    except WrongCode:
        form.code.errors = [_("This is not the code of now. Look whether the clock of the phone is right.")]
        return _scan_page(secret, form), 422
    del session[NEW]
    note(current_user, "app", current_user)
    return kept("app")


@page.post("/account/second-step/app/remove")
@signed_in(recent=True)
def let_go() -> ResponseReturnValue:
    csrf.protect()
    try:
        actions.let_app_go(current_user, must_keep_one=keeps_one())
    except LastFactor:
        db.session.rollback()
        return overview(is_last=True), 422
    return gone("no_app")


@page.post("/account/second-step/codes")
@signed_in(recent=True)
def write_codes() -> ResponseReturnValue:
    csrf.protect()
    if not has_any(current_user.id):
        return redirect(url_for("account.factors.show"), 303)
    codes = recovery.write_anew(current_user)
    note(current_user, "codes", current_user)
    tell(current_user, "codes")
    db.session.commit()
    return _codes_page(codes)


def kept(what: str) -> ResponseReturnValue:
    """A factor is there now. Everywhere else the person is signed out; the first one brings recovery codes.

    Commits.
    """
    end_sessions(current_user.id)
    session.renew()  # type: ignore[attr-defined]
    session["second"] = True
    codes = [] if recovery.left(current_user.id) else recovery.write_anew(current_user)
    tell(current_user, what)
    db.session.commit()
    if codes:
        return _codes_page(codes)
    flash(_("Saved. You are signed out everywhere else."), "ok")
    return redirect(url_for("account.factors.show"), 303)


def gone(what: str) -> ResponseReturnValue:
    """A factor is no longer there. Commits."""
    session.renew()  # type: ignore[attr-defined]
    session["second"] = has_any(current_user.id)
    tell(current_user, what)
    db.session.commit()
    flash(_("Removed. You are signed out everywhere else."), "ok")
    return redirect(url_for("account.factors.show"), 303)


def keeps_one() -> bool:
    """Whether this person may not be without a second step."""
    return current_app.config["SETTINGS"].require_second_factor and is_demanded(current_user.id)


def overview(is_last: bool = False) -> str:
    return render_template(
        "account/factors.html",
        factors=factors_of(current_user.id),
        must=must_set_up(),
        is_last=is_last,
        practice=not current_app.config["SETTINGS"].require_second_factor,
    )


def _waiting() -> str | None:
    try:
        return str(unseal(NEW, session[NEW])) if NEW in session else None
    except SealBroken:
        return None


def _scan_page(secret: str, form: CodeOfNewAppForm) -> str:
    address = totp.address(secret, current_user, _("Pooyesh"))
    spaced = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return render_template("account/app.html", form=form, code=drawn(address), address=address, secret=spaced)


def _codes_page(codes: list[str]) -> str:
    spaced = ["-".join(code[start : start + 4] for start in range(0, len(code), 4)) for code in codes]
    return render_template("account/codes.html", codes=spaced, at=now())
