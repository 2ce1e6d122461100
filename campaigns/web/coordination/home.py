"""The volunteers of a coordinator by where they stand; who waits longest stands first."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from campaigns.base.phone import parse_mobile
from campaigns.base.text import clean
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.volunteers import queries
from campaigns.domain.volunteers.words import STATE_LABELS, State
from campaigns.web.coordination.reach import keeps_specialities, my_provinces, page_number, reach
from campaigns.web.guards import needs

page = Blueprint("home", __name__)
LONGEST_QUERY = 80


@page.get("/")
@needs(Permission.COORDINATE)
def show() -> ResponseReturnValue:
    """A page past the end is 404."""
    mine = reach()
    state = request.args.get("state", State.REGISTERED.value)
    place = request.args.get("province", "")
    words = clean(request.args.get("q", "")[:LONGEST_QUERY])
    number = page_number(request.args.get("page", "1"))
    if state not in STATE_LABELS or (place and mine is not None and place not in mine):
        abort(404)
    narrow = frozenset({place}) if place else mine
    rows, total = queries.in_state(narrow, State(state), number, parse_mobile(words) or words)
    if number > 1 and not rows:
        abort(404)
    return render_template(
        "coordination/home.html",
        rows=rows,
        total=total,
        specialities=queries.specialities_of([row.id for row in rows]),
        numbers=queries.numbers(narrow),
        labels=STATE_LABELS,
        state=state,
        place=place,
        words=words,
        provinces=my_provinces(),
        page_number=number,
        pages=-(-total // queries.PAGE),
        waiting=queries.waiting_requests(mine, 1)[1],
        keeps_specialities=keeps_specialities(),
    )
