"""oEmbed: who pastes the address of a campaign elsewhere gets its card. https://oembed.com

Only addresses of ours are answered; all others are 404, other formats than JSON 501.
"""

from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from campaigns.base import stamps
from campaigns.base.languages import DEFAULT, LANGUAGES
from campaigns.domain.campaigns.queries import by_slug
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import without_prefix
from campaigns.web.matters import of_campaign
from campaigns.web.render import absolute
from campaigns.web.snippets import Wish, in_language, subject_of
from campaigns.widgets import FRAMES

page = Blueprint("oembed", __name__)
LEAST_WIDTH = 280
PICTURE = 1200, 630


@page.get("/oembed")
@cacheable(
    params=("url", "maxwidth", "maxheight", "format"), embeddable=True, shared_seconds=60, stale_seconds=600
)
def show() -> ResponseReturnValue:
    if request.args.get("format", "json") != "json":
        abort(501)
    slug, code = _wanted(request.args.get("url", ""))
    campaign = by_slug(slug)
    most_wide, most_high = _most("maxwidth"), _most("maxheight")
    fitting = [name for name in ("card", "narrowbar", "widebar") if FRAMES[name].height <= most_high]
    if campaign is None or not fitting or most_wide < LEAST_WIDTH:
        abort(404)
    depends(stamps.of_campaign(campaign.id))
    widget = FRAMES[fitting[0]]
    wide = min(widget.widest, most_wide)
    matter = of_campaign(campaign, code)
    code = code if matter.spoken else DEFAULT
    with force_locale(code):
        subject = subject_of(matter, Wish(language=code, width=wide))
        snippet, house = widget.snippet(subject), _("National Charity Organization")
    answer: dict[str, object] = {
        "version": "1.0",
        "type": "rich",
        "title": subject.title,
        "author_name": campaign.organization.name_en if code == "en" else campaign.organization.name_fa,
        "provider_name": house,
        "provider_url": absolute(in_language(url_for("site.portal.home"), code)),
        "cache_age": 300,
        "width": wide,
        "height": widget.height,
        "html": snippet,
    }
    if most_wide >= PICTURE[0] and most_high >= PICTURE[1]:
        picture = absolute(in_language(url_for("site.picture.campaign", slug=slug), code))
        answer |= {"thumbnail_url": picture, "thumbnail_width": PICTURE[0], "thumbnail_height": PICTURE[1]}
    return jsonify(answer)


def _wanted(url: str) -> tuple[str, str]:
    """The slug and the language of a campaign's page of ours; else 404."""
    ours = urlsplit(current_app.config["SETTINGS"].site_url)
    try:
        given = urlsplit(url)
    except ValueError:
        abort(404)
    parts = without_prefix(given.path).strip("/").split("/")
    mine = given.scheme in {"http", "https"} and given.netloc == ours.netloc
    if not mine or len(parts) != 2 or parts[0] != "c":
        abort(404)
    first = given.path.split("/")[1]
    code = next((code for code, item in LANGUAGES.items() if item.prefix and item.prefix == first), DEFAULT)
    return parts[1], code


def _most(name: str) -> int:
    """How many points the host page has room for; what is no number sets no bound."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 10**6
