"""Pictures, and the card of one campaign, as PNG: for mail programs and sites that refuse SVG."""

from dataclasses import replace

from flask import Blueprint, Response, abort, current_app, make_response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base import stamps
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import by_slug, moved_to
from campaigns.domain.campaigns.states import State
from campaigns.domain.insights.portal import Card, cards_of
from campaigns.web.embed import drawing, places, widget
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.looks import LOOK, chosen_look
from campaigns.web.matters import HOUSE_THEME
from campaigns.web.picture import Mode, Words, draw_small
from campaigns.web.raster import png
from campaigns.web.shareimages import built_fonts, house_of, words_of
from campaigns.widgets import PICTURES, PICTURES_OF_MANY

page = Blueprint("image", __name__)


@page.get(f"/<slug>/<any({','.join(PICTURES)}):picture>.png")
@cacheable(params=LOOK, embeddable=True, prompt=True)
def show(slug: str, picture: str) -> ResponseReturnValue:
    """What the SVG of the same name shows, whatever that is: a number, a rest, or that nothing is there any more."""
    return _as_png(widget.picture(slug, picture))


@page.get(f"{places.WHOSE}/<any({','.join(PICTURES_OF_MANY)}):picture>.png")
@cacheable(params=LOOK, embeddable=True, prompt=True)
def of_many(folder: str, key: str, picture: str) -> ResponseReturnValue:
    return _as_png(places.picture(folder, key, picture))


@page.get("/<slug>/card.png")
@cacheable(params=LOOK, embeddable=True, prompt=True)
def card(slug: str) -> ResponseReturnValue:
    fonts = built_fonts() or abort(404)
    campaign = by_slug(slug)
    if campaign is None:
        depends(stamps.PORTAL)
        present = moved_to(slug)
        if present is not None:
            return drawing.moved(slug=present)
    words = _words(campaign) if campaign else _gone()
    look = chosen_look(words.theme)
    mode: Mode = "dark" if look.mode == "dark" else "light"
    data = draw_small(replace(words, theme=look.theme, mode=mode), fonts)
    return _png(data, 200 if campaign else 404)


def _words(campaign: Campaign) -> Words:
    depends(*stamps.of_asking(campaign.id))
    code = language().code
    card = cards_of([campaign.id], code)[campaign.id]
    words = words_of(card, card.title_language, house_of(campaign, code), code)
    line = _said(card) or words.line
    return replace(words, line=f"{line} · {_('Sample data')}" if card.is_sample else line)


def _gone() -> Words:
    code = language().code
    return Words(_("National Charity Organization"), _("Not there any more"), code, "", code, HOUSE_THEME)


def _said(card: Card) -> str:
    """What stands in place of how far it is."""
    resting = {
        State.PAUSED: _("Paused for now"),
        State.FROZEN: _("Giving is stopped"),
        State.CANCELLED: _("Cancelled"),
    }
    return resting.get(State(card.state), "")


def _png(data: bytes, status: int) -> Response:
    return current_app.response_class(data, status, mimetype="image/png")


def _as_png(answer: ResponseReturnValue) -> Response:
    fonts = built_fonts() or abort(404)
    drawn = make_response(answer)
    if drawn.mimetype != "image/svg+xml":
        return drawn
    return _png(png(drawn.get_data(as_text=True), fonts), drawn.status_code)
