"""The stylesheet of frames in a campaign's own colour: the usual one and its values, in one request."""

from flask import Blueprint, Response, abort, current_app
from flask.typing import ResponseReturnValue

from campaigns.domain.campaigns.queries import wears
from campaigns.web.guards import cacheable
from campaigns.web.owncolour import own_rules

page = Blueprint("colours", __name__)


@page.get("/colours/<colour>.css")
@cacheable(embeddable=True, shared_seconds=60, stale_seconds=600)
def sheet(colour: str) -> ResponseReturnValue:
    """Of a colour some campaign has. It is kept for a minute only, for the usual sheet changes with a new version."""
    if not wears(f"#{colour}"):
        abort(404)
    usual = current_app.extensions["assets"].file("embed.css").read_text(encoding="utf-8")
    return Response(f"{usual}\n{own_rules(f'#{colour}')}", mimetype="text/css")
