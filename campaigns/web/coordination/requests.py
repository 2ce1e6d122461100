"""Later sign-ups with a number that is known: a coordinator calls it, then joins them or not."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.regions.queries import provinces
from campaigns.domain.volunteers import queries, verification
from campaigns.domain.volunteers.errors import Refused
from campaigns.domain.volunteers.profiles import typed_in
from campaigns.domain.volunteers.specialities import by_id
from campaigns.web.coordination.reach import page_number, reach
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("requests", __name__)


@page.get("/again")
@needs(Permission.COORDINATE)
def show() -> ResponseReturnValue:
    number = page_number(request.args.get("page", "1"))
    rows, total = queries.waiting_requests(reach(), number)
    if number > 1 and not rows:
        abort(404)
    known = by_id()
    return render_template(
        "coordination/requests.html",
        rows=[(row, typed_in(row)) for row in rows],
        known=known,
        provinces={one.code: one for one in provinces(language().code)},
        total=total,
        page_number=number,
        pages=-(-total // queries.PAGE),
    )


@page.post("/again/<again>/<any(join, refuse):step>")
@needs(Permission.COORDINATE)
def carry_out(again: str, step: str) -> ResponseReturnValue:
    csrf.protect()
    found = queries.request(reach(), again) or abort(404)
    try:
        if step == "join":
            verification.join(found, current_user)
        else:
            verification.refuse(found)
    except Refused:
        db.session.rollback()
        flash(_("Somebody else has decided meanwhile."), "warn")
        return redirect(url_for("coordination.requests.show"), 303)
    volunteer = found.volunteer.public_id
    db.session.commit()
    flash(_("Done."), "ok")
    if step == "join":
        return redirect(url_for("coordination.person.show", volunteer=volunteer), 303)
    return redirect(url_for("coordination.requests.show"), 303)
