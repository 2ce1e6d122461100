"""Where the footer leads: which campaign is it about, and how does my case stand?"""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base.codes import parse_code
from campaigns.domain.campaigns.queries import by_slug
from campaigns.domain.problems.queries import by_code
from campaigns.web.guards import public

page = Blueprint("start", __name__)
LONGEST = 300


@page.get("/report")
@public()
def show() -> ResponseReturnValue:
    """Both forms ask by GET; what is found has a page of its own."""
    address, code = (request.args.get(name, "")[:LONGEST].strip() for name in ("campaign", "code"))
    name = address.partition("?")[0].rstrip("/").rpartition("/")[2]
    if address and by_slug(name) is not None:
        return redirect(url_for("problems.report.show", slug=name), 303)
    known = parse_code(code) if code else None
    if known and by_code(known) is not None:
        return redirect(url_for("problems.case.show", code=known), 303)
    problems = []
    if address:
        problems.append(
            ("campaign", _("We know no campaign at this address. Copy it from the campaign's page."))
        )
    if code:
        problems.append(("code", _("We know no case with this code. Look at the letters once more.")))
    page = render_template("problems/start.html", address=address, code=code, problems=problems)
    return page, 422 if problems else 200
