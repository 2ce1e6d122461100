"""How often somebody may sign up or try a code: by address, and by the number they type, known or not."""

import ipaddress

from flask import Response, current_app, make_response, render_template, request

from campaigns.base.buckets import take
from campaigns.base.digits import grouped
from campaigns.base.tokens import hash_secret
from campaigns.web.locale import language

PER_ADDRESS = (40, 600.0)
PER_NUMBER = (10, 3600.0)
CODES = (30, 600.0)


def wait_to_sign_up(who: str) -> int:
    """Seconds until this address may sign up again, or anybody with this number or code; 0: now."""
    return _wait(("shift", _network(), PER_ADDRESS), ("shift-who", who, PER_NUMBER))


def wait_to_try() -> int:
    """Seconds until this address may try another code; 0: now."""
    return _wait(("shift-code", _network(), CODES))


def too_fast(wait: int) -> Response:
    """429 with the seconds to wait, in words and in `Retry-After`."""
    answer = make_response(
        render_template("shifts/too_fast.html", seconds=grouped(wait, language().code)), 429
    )
    answer.headers["Retry-After"] = str(wait)
    return answer


def _wait(*asked: tuple[str, str, tuple[int, float]]) -> int:
    """What is counted is kept as a digest only."""
    if not current_app.config["SETTINGS"].rate_limits:
        return 0
    for name, what, (capacity, seconds) in asked:
        wait = take(f"{name}:{hash_secret(what)[:32]}", capacity, seconds)
        if wait:
            return wait
    return 0


def _network() -> str:
    """The visitor's IPv4 address, or the /64 of an IPv6 one: whoever has one address of it has them all."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    prefix = 32 if address.version == 4 else 64
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False).network_address)
