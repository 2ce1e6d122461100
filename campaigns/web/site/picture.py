"""Pictures of campaigns and of the portal for messengers, which show no SVG."""

from flask import Blueprint, Response, abort, current_app, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from campaigns.base import stamps
from campaigns.base.digits import grouped
from campaigns.base.money import toman_compact
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.insights import portal
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.picture import Fonts, Words, can_draw, draw
from campaigns.web.render import absolute
from campaigns.web.site.campaign import found

page = Blueprint("picture", __name__)
PORTAL_THEME = "firouzeh"


@page.get("/c/<slug>/picture.png")
@cacheable(embeddable=True, shared_seconds=60, stale_seconds=600)
def campaign(slug: str) -> ResponseReturnValue:
    """Its title, how far it is, who runs it. Drawn anew only when one of these has changed."""
    shown = found(slug)
    if not isinstance(shown, Campaign):
        return shown
    code = language().code
    card = portal.cards_of([shown.id], code)[shown.id]
    house = shown.organization.name_en if code == "en" else shown.organization.name_fa
    share = _(
        "%(n)s percent of %(goal)s", n=grouped(card.percent, code), goal=toman_compact(card.goal_rials, code)
    )
    return _png(Words(house, card.title, card.title_language, share, code, card.theme, card.percent))


@page.get("/picture.png")
@cacheable(embeddable=True, shared_seconds=60, stale_seconds=600)
def whole() -> ResponseReturnValue:
    """What the portal says of itself."""
    depends(stamps.PORTAL)
    code = language().code
    count = portal.figures().open_campaigns
    line = ngettext("%(n)s open campaign", "%(n)s open campaigns", count, n=grouped(count, code))
    title = _("Small gifts, whole dowries, wheelchairs and school kits")
    return _png(Words(_("National Charity Organization"), title, code, line, code, PORTAL_THEME))


@page.app_template_global()
def picture_of(slug: str = "", percent: int | None = None) -> str:
    """The full address of a campaign's picture, or the portal's; empty where none can be drawn.

    The view does not read `p`: it makes another address of another percentage, for those who keep pictures long.
    """
    if _fonts() is None:
        return ""
    if slug:
        return absolute(url_for("site.picture.campaign", slug=slug, p=percent))
    return absolute(url_for("site.picture.whole"))


def _fonts() -> Fonts | None:
    """The built font; None where it is missing or letters cannot be joined."""
    assets = current_app.extensions["assets"]
    plain, bold = (assets.file(f"fonts/Vazirmatn-{weight}.ttf") for weight in ("Medium", "ExtraBold"))
    return Fonts(plain, bold) if can_draw() and plain.is_file() and bold.is_file() else None


def _png(words: Words) -> Response:
    fonts = _fonts()
    if fonts is None:
        abort(404)
    return current_app.response_class(draw(words, fonts), mimetype="image/png")
