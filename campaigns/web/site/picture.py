"""Pictures of campaigns and of the portal for messengers, which show no SVG.

The worker draws a picture when what it shows has changed, and keeps it under the hash of what it shows
(`web.sharedrawing`); a page names that address. What is not drawn yet is drawn for the first who asks.
"""

from flask import Blueprint, Response, abort, current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.page import CampaignPage
from campaigns.domain.insights import portal
from campaigns.domain.insights.open_now import open_campaigns
from campaigns.web import sharestore
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.picture import Words
from campaigns.web.render import absolute
from campaigns.web.shareimages import built_fonts, house_of, once, words_of, words_of_portal
from campaigns.web.shelf import kept
from campaigns.web.site.campaign import found

page = Blueprint("picture", __name__)


@page.get("/c/<slug>/picture.png")
@cacheable(embeddable=True, shared_seconds=60, stale_seconds=600)
def campaign(slug: str) -> ResponseReturnValue:
    """Its title, how far it is, who runs it: what it shows now."""
    shown = found(slug)
    if not isinstance(shown, Campaign):
        return shown
    words = _words(shown)
    return _png(_stored(shown.public_id, sharestore.key_of(words)) or _drawn(words))


@page.get("/c/<slug>/picture/<key>.png")
@cacheable(embeddable=True, immutable=True)
def named(slug: str, key: str) -> ResponseReturnValue:
    """The picture of this name, for good. One that is not kept leads to the present one."""
    shown = found(slug)
    if not isinstance(shown, Campaign):
        return shown
    data = _stored(shown.public_id, key)
    if data is not None:
        return _png(data)
    words = _words(shown)
    present = sharestore.key_of(words)
    if key == present:
        return _png(_drawn(words))
    return redirect(url_for("site.picture.named", slug=slug, key=present), 302)


@page.get("/picture.png")
@cacheable(embeddable=True, shared_seconds=60, stale_seconds=600)
def whole() -> ResponseReturnValue:
    """What the portal says of itself now."""
    depends(stamps.PORTAL)
    words = _words_of_portal()
    return _png(_stored(sharestore.OF_PORTAL, sharestore.key_of(words)) or _drawn(words))


@page.get("/picture/<key>.png")
@cacheable(embeddable=True, immutable=True)
def whole_named(key: str) -> ResponseReturnValue:
    """The portal's picture of this name, for good. One that is not kept leads to the present one."""
    data = _stored(sharestore.OF_PORTAL, key)
    if data is not None:
        return _png(data)
    words = _words_of_portal()
    present = sharestore.key_of(words)
    if key == present:
        return _png(_drawn(words))
    return redirect(url_for("site.picture.whole_named", key=present), 302)


@page.app_template_global()
def picture_of(shown: CampaignPage | None = None) -> str:
    """The full address of the picture of this campaign as its page shows it, or the portal's; empty where none can be
    drawn.
    """
    if built_fonts() is None:
        return ""
    if shown is None:
        return absolute(url_for("site.picture.whole_named", key=sharestore.key_of(_words_of_portal())))
    words = words_of(shown, shown.text_language, shown.organizer.name, language().code)
    return absolute(url_for("site.picture.named", slug=shown.slug, key=sharestore.key_of(words)))


def address_of(shown: Campaign) -> str:
    """As `picture_of`, for who has the campaign and not its page."""
    path = url_for("site.picture.named", slug=shown.slug, key=sharestore.key_of(_words(shown)))
    return absolute(path) if built_fonts() else ""


def _words(shown: Campaign) -> Words:
    code = language().code
    card = portal.cards_of([shown.id], code)[shown.id]
    return words_of(card, card.title_language, house_of(shown, code), code)


def _words_of_portal() -> Words:
    """Every page of the portal names its picture: how many campaigns are open is counted once while that stands."""
    follows = frozenset({stamps.PORTAL})
    count = kept("open campaigns", open_campaigns, lambda _count: follows)
    return words_of_portal(count or 0, language().code)


def _stored(whose: str, key: str) -> bytes | None:
    return sharestore.kept(current_app.config["SETTINGS"].data_dir, whose, key)


def _drawn(words: Words) -> bytes:
    fonts = built_fonts()
    return once(words, fonts) if fonts else abort(404)


def _png(data: bytes) -> Response:
    return current_app.response_class(data, mimetype="image/png")
