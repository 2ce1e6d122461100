"""The public page of the network: how many of what, in which province. Nothing about anybody."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from campaigns.base.suppression import Count, Told, Untold
from campaigns.domain.insights.portal import has_samples
from campaigns.domain.regions.queries import provinces
from campaigns.domain.volunteers.headcount import FACILITATORS, headcount
from campaigns.domain.volunteers.profile_models import Speciality
from campaigns.domain.volunteers.profiles import STAMP
from campaigns.domain.volunteers.specialities import every
from campaigns.domain.volunteers.surges import open_now
from campaigns.domain.volunteers.words import DIVISION_LABELS, Division
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language

page = Blueprint("home", __name__)


@page.get("/")
@cacheable(params=("province",), shared_seconds=60)
def show() -> ResponseReturnValue:
    """The country, or one province of it. The same table stands behind both: no difference tells more."""
    depends(STAMP)
    places = provinces(language().code)
    code = request.args.get("province", "")
    place = next((place for place in places if place.code == code), None)
    if code and place is None:
        abort(404)
    told = headcount()
    return render_template(
        "network/home.html",
        provinces=places,
        calls=open_now(),
        place=place,
        counts=told.rows if place is None else {row: told.cell(row, place.code) for row in told.rows},
        total=told.total if place is None else told.columns[place.code],
        by_province=told.columns,
        divisions=_divisions(told),
        facilitators=FACILITATORS,
        labels=DIVISION_LABELS,
        few=Untold.FEW,
        sample=has_samples(),
        steps={code: _step(count) for code, count in told.columns.items()},
    )


def _divisions(told: Told[int, str]) -> list[tuple[Division, list[Speciality]]]:
    """The specialities of each division; those that are offered no more only where somebody still has them."""
    rows = [one for one in every() if one.is_active or told.rows.get(one.id, 0) != 0]
    return [(division, [one for one in rows if one.division == division]) for division in Division]


def _step(count: Count) -> int:
    """How dark a tile is: none, few or not told, tens, hundreds."""
    if not isinstance(count, int):
        return 1
    return 0 if count == 0 else 1 if count < 20 else 2 if count < 200 else 3
