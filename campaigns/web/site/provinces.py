"""Choosing a province, and what is open in it."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.domain.campaigns.topics import TOPIC_LABELS
from campaigns.domain.deliveries.grants import in_province
from campaigns.domain.insights import portal
from campaigns.domain.insights.reached import region
from campaigns.domain.regions.queries import counties, provinces
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language

page = Blueprint("provinces", __name__)


@page.get("/provinces")
@cacheable()
def index() -> ResponseReturnValue:
    depends(stamps.PORTAL)
    return render_template(
        "site/provinces.html",
        provinces=provinces(language().code),
        open_by_province=portal.open_by_province(),
        sample=portal.has_samples(),
    )


@page.get("/provinces/<code>")
@cacheable()
def show(code: str) -> ResponseReturnValue:
    depends(stamps.PORTAL)
    places = provinces(language().code)
    place = next((place for place in places if place.code == code), None)
    if place is None:
        abort(404)
    return render_template(
        "site/province.html",
        province=place,
        cards=portal.in_province(code, language().code),
        counties=counties([code]),
        grants=in_province(code, language().code),
        region=region(code),
        topics=TOPIC_LABELS,
        provinces=places,
        open_by_province=portal.open_by_province(),
        sample=portal.has_samples(),
    )
