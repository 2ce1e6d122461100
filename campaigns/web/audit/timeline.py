"""Everything that was done to one thing, newest first: of a campaign also what belongs to it."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.insights.audit_trail import Wanted, people_in, reaches
from campaigns.domain.insights.audit_trail import page as lines
from campaigns.web.audit.listing import SHOWN, before_id
from campaigns.web.audit.reading import reach
from campaigns.web.audit.words import KINDS, line
from campaigns.web.guards import needs

page = Blueprint("timeline", __name__)


@page.get("/<kind>/<name>")
@needs(Permission.SEE_AUDIT)
def show(kind: str, name: str) -> ResponseReturnValue:
    """Of other things than campaigns, one out of reach looks like one to which nothing was done."""
    if kind not in KINDS or (kind == "campaign" and not reaches(reach(), current_user.id, name)):
        abort(404)
    wanted = Wanted(kind=kind, name=name)
    rows = lines(reach(), current_user.id, wanted, SHOWN + 1, before_id())
    people = people_in(rows)
    return render_template(
        "audit/timeline.html",
        lines=[line(row, people) for row in rows[:SHOWN]],
        older=rows[SHOWN - 1].id if len(rows) > SHOWN else None,
        kind=kind,
        label=KINDS[kind],
        name=name,
    )
