"""Stylesheets of frames in campaigns' own colours: the usual one and their values, in one request."""

from flask import Blueprint, Response, abort, current_app
from flask.typing import ResponseReturnValue

from campaigns.domain.campaigns.queries import wears
from campaigns.web.guards import cacheable
from campaigns.web.matters import MOST
from campaigns.web.owncolour import own_rules

page = Blueprint("colours", __name__)


@page.get("/colours/<colour>.css")
@cacheable(embeddable=True, shared_seconds=60, stale_seconds=600)
def sheet(colour: str) -> ResponseReturnValue:
    """Of a colour some campaign has. It is kept for a minute only, for the usual sheet changes with a new version."""
    if not wears(f"#{colour}"):
        abort(404)
    return _with(own_rules(f"#{colour}"))


@page.get("/colours/cells/<colours>.css")
@cacheable(embeddable=True, shared_seconds=60, stale_seconds=600)
def cells(colours: str) -> ResponseReturnValue:
    """Of a grid whose campaigns have these colours, in order, each once: every cell wears its own."""
    names = colours.split("+")
    if names != sorted(set(names)) or len(names) > MOST or not all(wears(f"#{name}") for name in names):
        abort(404)
    return _with("".join(own_rules(f"#{name}", f'[data-own="{name}"]') for name in names))


def _with(rules: str) -> Response:
    usual = current_app.extensions["assets"].file("embed.css").read_text(encoding="utf-8")
    return Response(f"{usual}\n{rules}", mimetype="text/css")
