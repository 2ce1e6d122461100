"""Signing out: the session ends on the server, not only in the browser."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.domain.audit.recording import record
from campaigns.web.acting import act_as
from campaigns.web.guards import entrance, public

page = Blueprint("signout", __name__)


@page.post("/sign-out")
@entrance()
def leave() -> ResponseReturnValue:
    if current_user.is_authenticated:
        act_as(current_user)
        record("sign_out", "user", current_user.public_id)
    session.clear()
    session.modified = True
    db.session.commit()
    return redirect(url_for("account.signout.done"), 303)


@page.get("/signed-out")
@public()
def done() -> ResponseReturnValue:
    return render_template("account/signed_out.html")
