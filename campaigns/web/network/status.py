"""A volunteer's own page, found with the code and the last digits of the mobile number."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base.codes import parse_code
from campaigns.base.digits import to_ascii
from campaigns.base.extensions import db
from campaigns.domain.insights.portal import has_samples
from campaigns.domain.volunteers.links import own, proven
from campaigns.web.guards import public
from campaigns.web.network.forms import StatusForm
from campaigns.web.network.limits import too_fast, wait_to_look

page = Blueprint("status", __name__)


@page.get("/status")
@public()
def show() -> ResponseReturnValue:
    return render_template(
        "network/status.html", sample=has_samples(), form=StatusForm(formdata=None), problems=[]
    )


@page.post("/status")
@public()
def look() -> ResponseReturnValue:
    """One sentence for a wrong code and for wrong digits: nobody learns which of them is right."""
    form = StatusForm()
    good = form.validate()
    code = parse_code(form.code.data or "")
    if good:
        wait = wait_to_look(code or "none")
        db.session.commit()
        if wait:
            return too_fast(wait)
        found = proven(code, to_ascii(form.last.data)) if code else None
        if found is not None:
            return redirect(url_for("network.mine.show", token=own(found.code)), 303)
        form.code.errors = [_("We find nothing with this code and these digits. Look at both once more.")]
    page = render_template("network/status.html", sample=has_samples(), form=form, problems=form.problems())
    return page, 422
