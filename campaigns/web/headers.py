"""Security headers for every answer: pages, errors, static files. Rules: OWASP secure headers, CSP level 3.

No nonces: a nonce inside a page that is kept for everyone would be a constant. Nothing on any page is
inline.
"""

from collections.abc import Callable, Sequence
from functools import cache
from urllib.parse import urlsplit
from wsgiref.headers import Headers as WsgiHeaders

from flask import Flask, Response, request

from campaigns.config import Settings
from campaigns.web.guards import Access, Policy, policy_of

Header = tuple[str, str]
PRIVATE = "private, no-store"
A_YEAR = 365 * 24 * 3600

_SOURCES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
)
PAGE_CSP = _SOURCES + "frame-ancestors 'none'"
OFFICE_CSP = _SOURCES + "frame-ancestors 'self'"  # the desk shows previews in its own frames
EMBED_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors *"
)
_EVERYWHERE: tuple[Header, ...] = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
_PAGE: tuple[Header, ...] = (("Cross-Origin-Resource-Policy", "same-origin"),)
_CUT_OFF: Header = ("Cross-Origin-Opener-Policy", "same-origin")
"""Not on pages that are the same for everyone: browsers open no page that has it from a frame in a sandbox, and a page
nobody is signed in to has nothing to hide from who opened it. Wherever something is asked of a person it is there.
"""
_FOR_OTHER_SITES: tuple[Header, ...] = (("Cross-Origin-Resource-Policy", "cross-origin"),)
_NOINDEX: Header = ("X-Robots-Tag", "noindex")


def page_headers(policy: Policy | None, secure: bool) -> list[Header]:
    """The headers of a page with this policy. None: an address that leads nowhere."""
    headers = [*_EVERYWHERE, *_hsts(secure)]
    if policy is not None and policy.embeddable:
        opened = ("Access-Control-Allow-Origin", "*")
        return [*headers, *_FOR_OTHER_SITES, opened, _NOINDEX, ("Content-Security-Policy", EMBED_CSP)]
    signed = policy is not None and not policy.sessionless
    headers += [*_PAGE, ("Content-Security-Policy", OFFICE_CSP if signed else PAGE_CSP)]
    if policy is None or policy.access is not Access.CACHEABLE:
        headers += [_CUT_OFF, _NOINDEX]
    return headers


def page_csp(forms_to: str) -> str:
    """The policy of a page whose form may also be sent to this other origin: the hop to a gateway by POST."""
    return PAGE_CSP.replace("form-action 'self'", f"form-action 'self' {forms_to}")


def frame_csp(sites: Sequence[str]) -> str:
    """The policy of a frame that these sites may show; every site where none is named."""
    if not sites:
        return EMBED_CSP
    ours = " ".join(f"https://{site} http://{site}" for site in sites)
    return EMBED_CSP.replace("frame-ancestors *", f"frame-ancestors 'self' {ours}")


def origin(url: str) -> str:
    """Scheme and host of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def static_headers(settings: Settings) -> Callable[[WsgiHeaders, str, str], None]:
    """What WhiteNoise adds to static files. Frames of ours in sandboxes of other sites load them too."""
    added = [*_EVERYWHERE, *_FOR_OTHER_SITES, *_hsts(settings.secure)]

    def add(headers: WsgiHeaders, _path: str, _url: str) -> None:
        for name, value in added:
            headers[name] = value

    return add


def init_headers(app: Flask) -> None:
    """A view may set any of these itself; what it leaves out is filled in. Uncached unless it says so."""
    secure = app.config["SETTINGS"].secure
    of_policy = cache(lambda policy: [*page_headers(policy, secure), ("Cache-Control", PRIVATE)])

    @app.after_request
    def dress(response: Response) -> Response:
        own = {name.lower() for name, _ in response.headers}
        wanted = of_policy(policy_of(request.endpoint))
        response.headers.extend([header for header in wanted if header[0].lower() not in own])
        return response


def _hsts(secure: bool) -> tuple[Header, ...]:
    return (("Strict-Transport-Security", f"max-age={A_YEAR}"),) if secure else ()
