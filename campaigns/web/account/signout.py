"""Signing out: the session ends on the server, not only in the browser."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from campaigns.base.extensions import db
from campaigns.web.guards import entrance, public

page = Blueprint("signout", __name__)


@page.post("/sign-out")
@entrance()
def leave() -> ResponseReturnValue:
    session.clear()
    session.modified = True
    db.session.commit()
    return redirect(url_for("account.signout.done"), 303)


@page.get("/signed-out")
@public()
def done() -> ResponseReturnValue:
    return render_template("account/signed_out.html")
