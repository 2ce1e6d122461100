"""Whom to call: speciality, county and time of the week; facilitators of the place beside the specialists."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.regions.models import County, Province
from campaigns.domain.regions.queries import counties
from campaigns.domain.volunteers import queries
from campaigns.domain.volunteers.profile_models import Speciality
from campaigns.domain.volunteers.queries import Wanted
from campaigns.domain.volunteers.specialities import every
from campaigns.domain.volunteers.words import DIVISION_LABELS, SLOT_LABELS, Slot, slots_of
from campaigns.web.coordination.reach import my_provinces, page_number
from campaigns.web.guards import needs

page = Blueprint("match", __name__)
MOST_DIGITS = 9


@page.get("/match")
@needs(Permission.COORDINATE)
def show() -> ResponseReturnValue:
    """What is chosen stands in the address. A province beyond one's reach, or a county of another, is 404."""
    mine, offered = my_provinces(), every()
    place = _province(mine)
    places = counties([place.code])
    wanted = _wanted(place, places, offered)
    number = page_number(request.args.get("page", "1"))
    rows, more = queries.match(wanted, number) if wanted else ([], False)
    return render_template(
        "coordination/match.html",
        provinces=mine,
        place=place,
        counties=places,
        offered=offered,
        divisions=DIVISION_LABELS,
        slots=SLOT_LABELS,
        slots_of=slots_of,
        wanted=wanted,
        rows=rows,
        more=more,
        number=number,
        total=queries.how_many(wanted) if wanted else 0,
        specialities=queries.specialities_of([row.id for row in rows]),
        facilitators=queries.facilitators(wanted) if wanted else [],
    )


def _province(mine: list[Province]) -> Province:
    code = request.args.get("province", "") or mine[0].code
    return next((one for one in mine if one.code == code), None) or abort(404)


def _wanted(place: Province, places: list[County], offered: list[Speciality]) -> Wanted | None:
    """None: nothing is looked for yet. A county of the province that was chosen before is let go."""
    speciality, county, slot = (_number(name) for name in ("speciality", "county", "slot"))
    if not speciality:
        return None
    if speciality not in {one.id for one in offered} or slot not in {0, *Slot}:
        abort(404)
    known = county in {one.id for one in places}
    return Wanted(speciality, place.code, county if known else None, slot)


def _number(name: str) -> int:
    typed = request.args.get(name, "") or "0"
    if not (typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS):
        abort(404)
    return int(typed)
