"""The stylesheet of a campaign's own colour. Nothing on any page is inline."""

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from campaigns.domain.campaigns.queries import wears
from campaigns.web.guards import cacheable
from campaigns.web.owncolour import own_rules

page = Blueprint("colours", __name__)


@page.get("/colours/<colour>.css")
@cacheable(shared_seconds=3600, stale_seconds=3600)
def sheet(colour: str) -> ResponseReturnValue:
    """Of a colour some campaign has; the values follow from it alone, so what is kept never grows old."""
    if not wears(f"#{colour}"):
        abort(404)
    return Response(own_rules(f"#{colour}"), mimetype="text/css")
