"""What reached people in the whole country, by province."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.domain.deliveries.grants import by_province
from campaigns.domain.insights import portal
from campaigns.domain.insights.reached import country
from campaigns.domain.regions.queries import provinces
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language

page = Blueprint("reached", __name__)


@page.get("/reached")
@cacheable()
def show() -> ResponseReturnValue:
    depends(stamps.PORTAL)
    return render_template(
        "site/reached.html",
        grants=by_province(language().code),
        sums=country(),
        provinces=provinces(language().code),
        sample=portal.has_samples(),
    )
