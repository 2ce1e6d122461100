"""Pictures and frames about more than one campaign: a set, those of an organization or a province, the map of all."""

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.domain.insights import portal
from campaigns.domain.regions.queries import provinces
from campaigns.web.embed import drawing
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.looks import FITTED, LOOK, chosen_look
from campaigns.web.matters import HOUSE_THEME, MANY, Matter, canonical
from campaigns.web.render import absolute
from campaigns.widgets import FRAMES_OF_MANY, PICTURES_OF_MANY

page = Blueprint("places", __name__)
WHOSE = f"/<any({','.join(MANY)}):folder>/<key>"
"""Where what is about several campaigns lies."""


@page.get(f"{WHOSE}/<any({','.join(PICTURES_OF_MANY)}):picture>.svg")
@cacheable(params=LOOK, embeddable=True, prompt=True, dated=True)
def picture(folder: str, key: str, picture: str) -> ResponseReturnValue:
    return drawing.picture(found(folder, key), PICTURES_OF_MANY[picture])


@page.get(f"{WHOSE}/<any({','.join(FRAMES_OF_MANY)}):frame>")
@cacheable(params=FITTED, embeddable=True, prompt=True, dated=True)
def frame(folder: str, key: str, frame: str) -> ResponseReturnValue:
    return drawing.frame(found(folder, key), FRAMES_OF_MANY[frame])


@page.get("/provinces/map")
@cacheable(params=LOOK, embeddable=True, shared_seconds=60, stale_seconds=300, dated=True)
def country() -> ResponseReturnValue:
    depends(stamps.PORTAL)
    return render_template(
        "widgets/map.html",
        look=chosen_look(HOUSE_THEME),
        provinces=provinces(language().code),
        counts=portal.open_by_province(),
        sample=portal.has_samples(),
        address=absolute(url_for("site.provinces.index")),
    )


def found(folder: str, key: str) -> Matter | Response | None:
    """A set spelled in another way, or with an address a campaign had before, is led to its one address."""
    usual = canonical(folder, key)
    return drawing.moved(key=usual) if usual != key else MANY[folder](key, language().code)
