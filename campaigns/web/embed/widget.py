"""The pictures and frames of one campaign. One that is not there or takes a rest leaves a sentence and a link."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.domain.campaigns.frame_sites import sites_of
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import by_slug, moved_to
from campaigns.domain.insights.portal import Card, cards_of
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.headers import frame_csp
from campaigns.web.locale import language
from campaigns.web.looks import FITTED, LOOK, chosen_look
from campaigns.web.render import absolute
from campaigns.widgets import FRAMES, PICTURES

page = Blueprint("widget", __name__)
HOUSE_THEME = "firouzeh"
RESTING = {"paused", "frozen", "cancelled"}


@dataclass(frozen=True)
class Shown:
    """What is drawn. `card` is None where there is no campaign of that name any more."""

    campaign: Campaign | None
    card: Card | None

    @property
    def theme(self) -> str:
        return self.card.theme if self.card else HOUSE_THEME

    @property
    def sites(self) -> Sequence[str]:
        """Those that may show its frames."""
        return sites_of(self.campaign.id) if self.campaign else ()


@page.get(f"/<slug>/<any({','.join(PICTURES)}):picture>.svg")
@cacheable(params=LOOK, embeddable=True, prompt=True, dated=True)
def picture(slug: str, picture: str) -> ResponseReturnValue:
    found = _found(slug)
    if not isinstance(found, Shown):
        return found
    size = PICTURES[picture]
    template = f"widgets/{picture}.svg" if found.card else "widgets/gone.svg"
    look = chosen_look(found.theme)
    drawn = render_template(template, card=found.card, size=size, look=look, c=look.colours)
    answer: Response = make_response(drawn, 200 if found.card else 404)
    answer.mimetype = "image/svg+xml"
    return answer


@page.get(f"/<slug>/<any({','.join(FRAMES)}):frame>")
@cacheable(params=FITTED, embeddable=True, prompt=True, dated=True)
def frame(slug: str, frame: str) -> ResponseReturnValue:
    found = _found(slug)
    if not isinstance(found, Shown):
        return found
    look, widget = chosen_look(found.theme), FRAMES[frame]
    if found.campaign is None or found.card is None or found.card.state in RESTING:
        there = found.card is not None
        said = render_template("widgets/gone.html", card=found.card, look=look, fit=_fitted())
        return _dressed(said, found.sites, 200 if there else 404)
    depends(*widget.stamps(found.campaign.id))
    drawn = render_template(
        f"widgets/{frame}.html",
        card=found.card,
        look=look,
        fit=_fitted(),
        short=absolute(url_for("site.shortlink.follow", code=found.campaign.short_code)),
        **widget.gathered(found.campaign, language().code),
    )
    return _dressed(drawn, found.sites)


def _fitted() -> bool:
    return request.args.get("fit") == "1"


def _dressed(page: str, sites: Sequence[str], status: int = 200) -> Response:
    """Says who may show it. Our one script, which tells how high the frame is, may run where it was asked for."""
    answer: Response = make_response(page, status)
    script = "; script-src 'self'" if _fitted() else ""
    answer.headers["Content-Security-Policy"] = frame_csp(sites) + script
    return answer


def _found(slug: str) -> Shown | ResponseReturnValue:
    """The campaign; a redirect for an address it had before. Of a draft nobody learns that it is there."""
    campaign = by_slug(slug)
    if campaign is not None:
        depends(*stamps.of_asking(campaign.id))
        return Shown(campaign, cards_of([campaign.id], language().code)[campaign.id])
    depends(stamps.PORTAL)
    present = moved_to(slug)
    if present is None:
        return Shown(None, None)
    look = {name: request.args[name] for name in LOOK if name in request.args}
    kind = (request.view_args or {}) | {"slug": present}
    return redirect(url_for(request.endpoint or "", **kind, **look), 301)
