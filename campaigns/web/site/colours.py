"""The stylesheet of a campaign's own colour: values only, for every mode. Nothing on any page is inline."""

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from campaigns.domain.campaigns.queries import wears
from campaigns.themes import own_tokens
from campaigns.web.guards import cacheable

page = Blueprint("colours", __name__)


@page.get("/colours/<colour>.css")
@cacheable(shared_seconds=3600, stale_seconds=3600)
def sheet(colour: str) -> ResponseReturnValue:
    """Of a colour some campaign has; the values follow from it alone, so what is kept never grows old."""
    if not wears(f"#{colour}"):
        abort(404)
    light, dark = (_values(f"#{colour}", mode) for mode in ("light", "dark"))
    rules = (
        f":root{{{light}}}"
        f'@media (prefers-color-scheme:dark){{:root:not([data-mode="light"]){{{dark}}}}}'
        f':root[data-mode="dark"]{{{dark}}}'
    )
    return Response(rules, mimetype="text/css")


def _values(colour: str, mode: str) -> str:
    return "".join(
        f"{name}:{value};"
        for name, value in own_tokens(colour, "dark" if mode == "dark" else "light").items()
    )
