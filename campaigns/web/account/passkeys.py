"""My passkeys: making one, which takes a script and a device that checks who holds it, and removing one."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.domain.factors import actions
from campaigns.domain.factors.errors import BadPasskey, LastFactor
from campaigns.domain.factors.passkeys import one_of
from campaigns.web import passkeys
from campaigns.web.account.factors import gone, keeps_one, kept, overview
from campaigns.web.account.forms import PasskeyForm
from campaigns.web.guards import signed_in

page = Blueprint("passkeys", __name__)


@page.get("/account/second-step/passkey")
@signed_in(before_second=True, recent=True)
def plan() -> ResponseReturnValue:
    return _page(PasskeyForm(formdata=None))


@page.post("/account/second-step/passkey")
@signed_in(before_second=True, recent=True)
def add() -> ResponseReturnValue:
    form = PasskeyForm()
    if not form.validate():
        return _page(form), 422
    try:
        passkeys.add(current_user, form.passkey.data or "", form.name.data)
    except BadPasskey:
        db.session.rollback()
        form.name.errors = [_("The device gave no passkey that can be kept here. Try once more.")]
        return _page(form), 422
    return kept("passkey")


@page.post("/account/second-step/passkey/<public_id>/remove")
@signed_in(recent=True)
def let_go(public_id: str) -> ResponseReturnValue:
    csrf.protect()
    found = one_of(current_user.id, public_id)
    if found is None:
        abort(404)
    try:
        actions.let_passkey_go(current_user, found, must_keep_one=keeps_one())
    except LastFactor:
        db.session.rollback()
        return overview(is_last=True), 422
    return gone("no_key")


def _page(form: PasskeyForm) -> str:
    return render_template(
        "account/passkey.html",
        form=form,
        question=passkeys.to_add(current_user),
        possible=passkeys.are_possible(),
    )
