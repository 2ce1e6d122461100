"""My own data: a file of everything held about me, and the request that my account be erased."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from campaigns.base.extensions import csrf, db
from campaigns.domain.audit.recording import record
from campaigns.domain.erasure import actions, people
from campaigns.domain.erasure.bundle import bundle
from campaigns.domain.erasure.models import ErasureRequest
from campaigns.web.erasurewords import KEEPING, STATES
from campaigns.web.guards import signed_in

page = Blueprint("mydata", __name__)


@page.get("/account/data")
@signed_in()
def show() -> ResponseReturnValue:
    mine = db.session.scalar(select(ErasureRequest).where(ErasureRequest.user_id == current_user.id))
    return render_template("account/my_data.html", asked=mine, states=STATES, keeping=KEEPING)


@page.post("/account/data/file")
@signed_in()
def download() -> ResponseReturnValue:
    csrf.protect()
    data = bundle(people.held(current_user))
    record("export", "user", current_user.public_id, after={"bytes": len(data)})
    db.session.commit()
    answer = Response(data, content_type="application/zip")
    answer.headers["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    return answer


@page.post("/account/data/erase")
@signed_in()
def erase() -> ResponseReturnValue:
    csrf.protect()
    actions.ask(current_user._get_current_object())
    db.session.commit()
    flash(_("Your request waits for an administrator. Until then everything stays as it is."), "ok")
    return redirect(url_for("account.mydata.show"), 303)
