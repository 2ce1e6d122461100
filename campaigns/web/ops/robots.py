"""What search engines ask for."""

from flask import Blueprint, Response, current_app, render_template, request, url_for

from campaigns.base import stamps
from campaigns.base.languages import DEFAULT, LANGUAGES
from campaigns.domain.campaigns.queries import public_addresses
from campaigns.domain.partners.queries import pages_of_houses, public_papers
from campaigns.domain.regions.queries import provinces
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.render import absolute

page = Blueprint("robots", __name__)
STANDING = (
    "site.portal.home",
    "site.portal.listing",
    "site.provinces.index",
    "site.organizations.index",
    "site.memoranda.index",
    "site.about.organization",
    "site.ledger.show",
    "site.ledger.corrections",
    "site.about.approval",
    "site.decisions.show",
    "site.about.privacy",
    "site.about.accessibility",
)
PREFIXES = {code: f"/{item.prefix}" if item.prefix else "" for code, item in LANGUAGES.items()}
A_DAY = 24 * 3600


@page.get("/robots.txt")
@cacheable(shared_seconds=3600, stale_seconds=A_DAY)
def robots() -> Response:
    where = absolute(_path("ops.robots.sitemap"))
    text = render_template("ops/robots.txt", sitemap=where, prefixes=PREFIXES)
    return current_app.response_class(text, mimetype="text/plain")


@page.get("/sitemap.xml")
@cacheable(shared_seconds=600, stale_seconds=A_DAY)
def sitemap() -> Response:
    """Every public page in every language, with its others (sitemaps.org/protocol.html)."""
    depends(stamps.PORTAL)
    paths: list[tuple[str, str | None]] = [(_path(endpoint), None) for endpoint in STANDING]
    paths += [(_path("site.provinces.show", code=place.code), None) for place in provinces(DEFAULT)]
    paths += [(_path("site.organizations.show", slug=slug), None) for slug in pages_of_houses()]
    paths += [(_path("site.memoranda.show", memorandum=one), None) for one in public_papers()]
    paths += [
        (_path("site.campaign.show", slug=slug), changed_at.date().isoformat())
        for slug, changed_at in public_addresses()
    ]
    text = render_template("ops/sitemap.xml", paths=paths, prefixes=PREFIXES, default=DEFAULT)
    return current_app.response_class(text, mimetype="application/xml")


def _path(endpoint: str, **values: str) -> str:
    """The path of a page without its language."""
    return url_for(endpoint, **values).removeprefix(request.script_root)
