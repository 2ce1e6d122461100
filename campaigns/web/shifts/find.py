"""From a code to the page it opens."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base.codes import parse_code
from campaigns.base.extensions import db
from campaigns.domain.insights.portal import has_samples
from campaigns.domain.volunteers.holders import holder_of
from campaigns.domain.volunteers.thanks import by_code
from campaigns.web.guards import public
from campaigns.web.shifts.forms import FindForm
from campaigns.web.shifts.limits import too_fast, wait_to_try

page = Blueprint("find", __name__)


@page.get("/shifts")
@public()
def show() -> ResponseReturnValue:
    return _page(FindForm(formdata=None))


@page.post("/shifts")
@public()
def look() -> ResponseReturnValue:
    """A sign-up's code leads to its page, a certificate's to what it confirms. Tries are counted."""
    form = FindForm()
    if not form.validate():
        return _page(form), 422
    wait = wait_to_try()
    code = parse_code(form.code.data) or ""
    own, thanks = holder_of(code), by_code(code)
    db.session.commit()
    if wait:
        return too_fast(wait)
    if own is not None:
        return redirect(url_for("shifts.status.show", code=code), 303)
    if thanks is not None:
        return redirect(url_for("shifts.certificate.show", code=code), 303)
    form.code.errors = [_("We do not know this code. Look at it again.")]
    return _page(form), 422


def _page(form: FindForm) -> str:
    problems = form.problems() if request.method == "POST" else []
    return render_template("shifts/find.html", sample=has_samples(), form=form, problems=problems)
