"""How often a visitor may do something: buckets by address and by what they type, and the page that asks to wait."""

import ipaddress

from flask import Response, current_app, make_response, render_template, request

from campaigns.base.buckets import take
from campaigns.base.digits import grouped
from campaigns.base.tokens import hash_secret
from campaigns.web.locale import language

Bucket = tuple[int, float]
"""How many times, in how many seconds."""


def wait(*asked: tuple[str, Bucket]) -> int:
    """Seconds until all of these may be done again, the first that is full decides; 0: now."""
    if not current_app.config["SETTINGS"].rate_limits:
        return 0
    for name, bucket in asked:
        seconds = take(name, *bucket)
        if seconds:
            return seconds
    return 0


def network() -> str:
    """The visitor's IPv4 address, or the /64 of an IPv6 one: whoever has one address of it has them all."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    prefix = 32 if address.version == 4 else 64
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False).network_address)


def masked(what: str) -> str:
    """Of a number or code only a digest is kept."""
    return hash_secret(what)[:32]


def slowed(template: str, seconds: int) -> Response:
    """429 with the seconds to wait, in words and in `Retry-After`."""
    answer = make_response(render_template(template, seconds=grouped(seconds, language().code)), 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer
