"""Pictures, and cards, as PNG: for mail programs and sites that refuse SVG."""

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
from campaigns.web.matters import HOUSE_THEME, Matter
from campaigns.web.picture import Mode, Words, draw_small
from campaigns.web.raster import png
from campaigns.web.shareimages import built_fonts, house_of, share_of, words_of
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
    campaign = by_slug(slug)
    if campaign is None:
        depends(stamps.PORTAL)
        present = moved_to(slug)
        if present is not None:
            return drawing.moved(slug=present)
    return _card(_words(campaign)) if campaign else _card(_gone(), 404)


@page.get(f"{places.WHOSE}/card.png")
@cacheable(params=LOOK, embeddable=True, prompt=True)
def card_of_many(folder: str, key: str) -> ResponseReturnValue:
    matter = places.found(folder, key)
    if isinstance(matter, Response):
        return matter
    if matter is None:
        depends(stamps.PORTAL)
        return _card(_gone(), 404)
    if not matter.spoken:
        return drawing.in_persian()
    depends(*matter.stamps)
    return _card(_words_of_many(matter))


def _card(words: Words, status: int = 200) -> Response:
    fonts = built_fonts() or abort(404)
    look = chosen_look(words.theme)
    mode: Mode = "dark" if look.mode == "dark" else "light"
    return _png(draw_small(replace(words, theme=look.theme, mode=mode), fonts), status)


def _words(campaign: Campaign) -> Words:
    depends(*stamps.of_asking(campaign.id))
    code = language().code
    card = cards_of([campaign.id], code)[campaign.id]
    words = words_of(card, card.title_language, house_of(campaign, code), code)
    line = _said(card) or words.line
    return replace(words, line=f"{line} · {_('Sample data')}" if card.is_sample else line)


def _words_of_many(matter: Matter) -> Words:
    """What they have together; where they have no sum, a sentence as in their other pictures."""
    code, sums = language().code, matter.numbers
    if sums is None:
        line, percent = _("See the campaigns") if matter.cards else _("Nothing is open now"), None
    else:
        line, percent = share_of(sums, code), sums.percent if sums.goal_rials else None
        line = f"{line} · {_('Sample data')}" if sums.is_sample else line
    return Words(_("National Charity Organization"), matter.title, code, line, code, matter.theme, percent)


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
