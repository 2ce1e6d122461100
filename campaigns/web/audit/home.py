"""The log of acts, newest first, narrowed by who, what, which thing and when."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.insights.audit_trail import page as lines
from campaigns.domain.insights.audit_trail import people_in
from campaigns.web.audit.exports import ExportForm
from campaigns.web.audit.reading import asked, reach
from campaigns.web.audit.words import ACTS, KINDS, line
from campaigns.web.days import example_day
from campaigns.web.guards import needs

page = Blueprint("home", __name__)
SHOWN = 50


@page.get("/")
@needs(Permission.SEE_AUDIT)
def show() -> ResponseReturnValue:
    """`before` is the number of the oldest line already read."""
    want = asked()
    rows = lines(reach(), current_user.id, want.wanted, SHOWN + 1, before_id())
    people = people_in(rows)
    return render_template(
        "audit/home.html",
        lines=[line(row, people) for row in rows[:SHOWN]],
        older=rows[SHOWN - 1].id if len(rows) > SHOWN else None,
        typed=want.typed,
        problem=want.problem,
        acts=ACTS,
        kinds=sorted(KINDS.items(), key=lambda kind: str(kind[1])),
        form=ExportForm(),
        example=example_day(),
    )


def before_id() -> int | None:
    before = request.args.get("before", "")
    if before and not (before.isascii() and before.isdigit() and len(before) < 18):
        abort(404)
    return int(before) if before else None
