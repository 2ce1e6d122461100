"""The pictures and frames of one campaign."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.domain.campaigns.queries import by_slug, moved_to
from campaigns.web.embed import drawing
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.looks import FITTED, LOOK
from campaigns.web.matters import Matter, of_campaign
from campaigns.widgets import FRAMES, PICTURES

page = Blueprint("widget", __name__)


@page.get(f"/<slug>/<any({','.join(PICTURES)}):picture>.svg")
@cacheable(params=LOOK, embeddable=True, prompt=True, dated=True)
def picture(slug: str, picture: str) -> ResponseReturnValue:
    return drawing.picture(_found(slug), PICTURES[picture])


@page.get(f"/<slug>/<any({','.join(FRAMES)}):frame>")
@cacheable(params=FITTED, embeddable=True, prompt=True, dated=True)
def frame(slug: str, frame: str) -> ResponseReturnValue:
    return drawing.frame(_found(slug), FRAMES[frame])


def _found(slug: str) -> Matter | Response | None:
    """The campaign; a redirect for an address it had before. Of a draft nobody learns that it is there."""
    campaign = by_slug(slug)
    if campaign is not None:
        return of_campaign(campaign, language().code)
    depends(stamps.PORTAL)
    present = moved_to(slug)
    return drawing.moved(slug=present) if present else None
