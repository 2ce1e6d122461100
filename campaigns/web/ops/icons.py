"""Icons at the addresses browsers try by themselves, and the web app manifest."""

from flask import Blueprint, Response, current_app, json, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.web.guards import cacheable, public
from campaigns.web.locale import language

page = Blueprint("icons", __name__)
ICON = "img/icon.svg"
PAPER, FIROUZEH = "#fbf8f2", "#00666b"


@page.get("/favicon.ico")
@public()
def favicon() -> ResponseReturnValue:
    return redirect(current_app.extensions["assets"].url(ICON), 302)


@page.get("/manifest.webmanifest")
@cacheable(shared_seconds=3600, stale_seconds=24 * 3600)
def manifest() -> Response:
    """https://www.w3.org/TR/appmanifest/ : what a phone needs to keep the site on its home screen."""
    said = {
        "name": _("Pooyesh"),
        "short_name": _("Pooyesh"),
        "lang": language().code,
        "dir": language().dir,
        "start_url": url_for("site.portal.home"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": FIROUZEH,
        "icons": [
            {"src": current_app.extensions["assets"].url(ICON), "sizes": "any", "type": "image/svg+xml"}
        ],
    }
    return current_app.response_class(json.dumps(said), mimetype="application/manifest+json")
