"""Unsafe requests from other sites are refused without a token, so that public pages stay cacheable.

Order of the signals: Fetch Metadata, then Origin, then Referer (OWASP CSRF prevention; Go 1.25 too). A form in
our own frame on another site says `same-origin` with `Origin: null`, so Origin is looked at second.
"""

from urllib.parse import urlsplit

from flask import Flask, Request, abort, current_app, request
from werkzeug.datastructures import EnvironHeaders

from campaigns.web.guards import SAFE_METHODS, CrossSite, policy_of


def verdict(headers: EnvironHeaders, ours: frozenset[str]) -> bool | None:
    """True: from our own page. False: from elsewhere. None: the browser gave no signal."""
    site = headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"} or headers.get("Origin") in ours
    origin = headers.get("Origin")
    if origin not in {None, "null"}:
        return origin in ours
    referer = headers.get("Referer")
    if referer:
        parts = urlsplit(referer)
        return f"{parts.scheme}://{parts.netloc}" in ours
    return False if origin == "null" else None


def our_origins(incoming: Request) -> frozenset[str]:
    """The site's own origin; in development also the address the visitor used, if it is a trusted host."""
    settings = current_app.config["SETTINGS"]
    return frozenset(
        {settings.site_url} | (set() if settings.production else {incoming.host_url.rstrip("/")})
    )


def init_crosssite(app: Flask) -> None:
    app.before_request(_refuse_foreign)


def _refuse_foreign() -> None:
    policy = policy_of(request.endpoint)
    if request.method in SAFE_METHODS or policy is None or policy.cross_site is CrossSite.EXEMPT:
        return
    answer = verdict(request.headers, our_origins(request))
    if answer is False or (answer is None and policy.cross_site is CrossSite.STRICT):
        abort(403)
