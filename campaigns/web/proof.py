"""Asking again who somebody is, before bank data, terminals, roles and second factors are changed.

A view declared `recent=True` is for people who gave their password or a code within the last ten minutes. Whoever
opens one later is asked first and led back. Whoever sends its form later is asked on a page that carries
the form, sealed, and sends it to the same address: nothing typed is lost, and nothing typed is shown.
"""

from flask import Flask, Response, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.datastructures import ImmutableMultiDict
from wtforms import Field, HiddenField

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.fields import LineField, SecretField
from campaigns.base.forms import StaffForm
from campaigns.base.sealing import SealBroken, seal, unseal
from campaigns.domain.accounts.identity import Login
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.passwords import matches
from campaigns.domain.accounts.throttle import Gate
from campaigns.domain.factors import codes
from campaigns.domain.factors.errors import BadPasskey, WrongCode
from campaigns.domain.factors.queries import has_app
from campaigns.web import passkeys
from campaigns.web.guards import SAFE_METHODS, policy_of, way_back
from campaigns.web.tries import refused, seconds_to_wait, slow_down

FRESH_SECONDS = 600
PURPOSE = "proof"


class ProofForm(StaffForm):
    proof_password = SecretField(_l("Password"))
    proof_code = LineField(_l("Code of your app"), longest=40)
    passkey = HiddenField()
    proof_kept = HiddenField()
    next = HiddenField()


def note_proof() -> None:
    """The person has just proved who they are."""
    session["proved_at"] = int(now().timestamp())


def is_fresh() -> bool:
    """Whether they did so a moment ago."""
    return bool(now().timestamp() - session.get("proved_at", 0) <= FRESH_SECONDS)


def init_proof(app: Flask) -> None:
    """Must come after what refuses requests of other sites."""
    app.before_request(_ask)


def asked(form: ProofForm) -> ResponseReturnValue | None:
    """None once what was typed proves who it is: then the session has a new id. Else the page that asks again.

    Commits.
    """
    user = current_user
    if not form.validate():
        return page(form), 422
    gate, field = _chosen(form)
    wait = seconds_to_wait(gate, Login(other=user.public_id))
    if wait:
        field.errors = [slow_down(wait)]
        return refused(page(form), wait)
    if not _is_right(user, form):
        field.errors = [_sentence(form)]
        return page(form), 422
    session.renew()  # type: ignore[attr-defined]
    note_proof()
    db.session.commit()
    return None


def page(form: ProofForm) -> str:
    here = (
        url_for("account.proof.check")
        if not form.proof_kept.data
        else request.script_root + request.full_path
    )
    return render_template(
        "account/proof.html",
        form=form,
        here=here.rstrip("?"),
        has_app=has_app(current_user.id),
        question=passkeys.to_show(passkeys.PROOF, current_user),
    )


def _ask() -> ResponseReturnValue | None:
    policy = policy_of(request.endpoint)
    if policy is None or not policy.recent or not current_user.is_authenticated:
        return None
    kept = request.form.get("proof_kept") if request.method == "POST" else None
    if kept:
        return _once_more(kept)
    if is_fresh():
        return None
    if request.method in SAFE_METHODS:
        return redirect(url_for("account.proof.show", next=way_back()), 302)
    form = ProofForm(formdata=None, data={"proof_kept": _sealed()})
    return make_response(page(form), 403)


def _once_more(kept: str) -> Response | ResponseReturnValue | None:
    """The form that waited, and what was typed to prove it. Once proved, the view sees the form as it was sent."""
    try:
        whose, path, pairs = unseal(PURPOSE, kept)
    except SealBroken:
        return redirect(url_for("account.me.show"), 303)
    if (whose, path) != (current_user.id, request.path):
        return redirect(url_for("account.me.show"), 303)
    if not is_fresh():
        answer = asked(ProofForm())
        if answer is not None:
            return answer
    request.form = ImmutableMultiDict([(name, value) for name, value in pairs])
    return None


def _sealed() -> str:
    return seal(PURPOSE, [current_user.id, request.path, list(request.form.items(multi=True))])


def _chosen(form: ProofForm) -> tuple[Gate, Field]:
    """How tries of this way are counted, and beside which field stands what is wrong."""
    is_code = form.proof_code.data and not form.passkey.data
    return (Gate.CODE, form.proof_code) if is_code else (Gate.PASSWORD, form.proof_password)


def _is_right(user: User, form: ProofForm) -> bool:
    try:
        if form.passkey.data:
            passkeys.shown(passkeys.PROOF, form.passkey.data, user)
        elif form.proof_code.data:
            codes.accept(user.id, form.proof_code.data)
        else:
            kept_hash = user.password_hash
            db.session.commit()  # no transaction stays open while the password is checked
            return matches(kept_hash, form.proof_password.data)
    except (BadPasskey, WrongCode):
        db.session.rollback()
        return False
    return True


def _sentence(form: ProofForm) -> str:
    if form.passkey.data:
        return _("The passkey was not accepted. Try it again, or write your password.")
    if form.proof_code.data:
        return _("This code was not accepted. Wait for the next one and write that.")
    return _("This is not your present password.")
