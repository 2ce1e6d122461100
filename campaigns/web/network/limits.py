"""How often somebody may sign up or look: by address, and by the number they type, whether it is known or not."""

import ipaddress

from flask import Response, current_app, make_response, render_template, request

from campaigns.base.buckets import take
from campaigns.base.digits import grouped
from campaigns.base.tokens import hash_secret
from campaigns.web.locale import language

PER_ADDRESS = (20, 600.0)
PER_NUMBER = (5, 86_400.0)
CALLS_PER_ADDRESS = (60, 600.0)
"""In a crisis many sit behind one address of their mobile network."""
LOOKUPS = (30, 600.0)
LOOKUPS_OF_A_CODE = (6, 3_600.0)
"""Four digits are soon tried through; a code of eleven letters is not."""


def wait_to_join(mobile: str) -> int:
    return _wait(("volunteer", _network(), PER_ADDRESS), ("volunteer-number", mobile, PER_NUMBER))


def wait_to_answer(mobile: str) -> int:
    return _wait(("surge", _network(), CALLS_PER_ADDRESS), ("surge-number", mobile, PER_NUMBER))


def wait_to_look(code: str) -> int:
    return _wait(("volunteer-look", _network(), LOOKUPS), ("volunteer-code", code, LOOKUPS_OF_A_CODE))


def too_fast(wait: int) -> Response:
    """429 with the seconds to wait, in words and in `Retry-After`."""
    page = render_template("network/too_fast.html", seconds=grouped(wait, language().code))
    answer = make_response(page, 429)
    answer.headers["Retry-After"] = str(wait)
    return answer


def _wait(*asked: tuple[str, str, tuple[int, float]]) -> int:
    """Seconds until all of these may be done again; 0: now. What is counted is kept as a digest only."""
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
