"""The pictures and the card of one campaign as PNG: for mail programs and sites that refuse SVG."""

from dataclasses import replace

from flask import Blueprint, Response, abort, current_app, make_response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.domain.campaigns.states import State
from campaigns.domain.insights.portal import Card
from campaigns.web.embed import widget
from campaigns.web.embed.widget import HOUSE_THEME, Shown
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.looks import LOOK, chosen_look
from campaigns.web.picture import Words, draw_small
from campaigns.web.raster import png
from campaigns.web.shareimages import built_fonts, house_of, words_of
from campaigns.widgets import PICTURES

page = Blueprint("image", __name__)


@page.get(f"/<slug>/<any({','.join(PICTURES)}):picture>.png")
@cacheable(params=LOOK, embeddable=True, prompt=True)
def show(slug: str, picture: str) -> ResponseReturnValue:
    """What the SVG of the same name shows, whatever that is: a number, a rest, or that nothing is there any more."""
    fonts = built_fonts() or abort(404)
    drawn = make_response(widget.picture(slug, picture))
    if drawn.mimetype != "image/svg+xml":
        return drawn
    return _png(png(drawn.get_data(as_text=True), fonts), drawn.status_code)


@page.get("/<slug>/card.png")
@cacheable(params=LOOK, embeddable=True, prompt=True)
def card(slug: str) -> ResponseReturnValue:
    fonts = built_fonts() or abort(404)
    found = widget._found(slug)
    if not isinstance(found, Shown):
        return found
    look = chosen_look(found.theme)
    mode = "dark" if look.mode == "dark" else "light"
    words = replace(_words(found), theme=look.theme, mode=mode)
    return _png(draw_small(words, fonts), 200 if found.card else 404)


def _words(found: Shown) -> Words:
    code, house = language().code, _("National Charity Organization")
    if found.campaign is None or found.card is None:
        return Words(house, _("Not there any more"), code, "", code, HOUSE_THEME)
    words = words_of(found.card, found.card.title_language, house_of(found.campaign, code), code)
    line = _said(found.card) or words.line
    return replace(words, line=f"{line} · {_('Sample data')}" if found.card.is_sample else line)


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
