"""How often somebody may begin a gift. Buckets per address; per campaign spread over shards, so that no row is hot."""

import ipaddress
import zlib

from flask import Response, current_app, make_response, render_template, request

from campaigns.base.buckets import take
from campaigns.base.digits import grouped
from campaigns.web.locale import language

PER_ADDRESS = (30, 600.0)
PER_CAMPAIGN_SHARD = (600, 60.0)
SHARDS = 16
LOOKUPS = (60, 600.0)
TOLD = (30, 600.0)
PROOFS = (10, 3600.0)


def wait_to_give(campaign_id: int) -> int:
    """Seconds until the next gift may begin from this address; 0: now."""
    if not current_app.config["SETTINGS"].rate_limits:
        return 0
    network = _network()
    shard = zlib.crc32(network.encode()) % SHARDS
    return take(f"give:{network}", *PER_ADDRESS) or take(f"give:{campaign_id}:{shard}", *PER_CAMPAIGN_SHARD)


def wait_to_look() -> int:
    """Seconds until this address may try another tracking code; 0: now."""
    if not current_app.config["SETTINGS"].rate_limits:
        return 0
    return take(f"track:{_network()}", *LOOKUPS)


def wait_to_tell() -> int:
    """Seconds until this address may say something of a transfer again; 0: now."""
    if not current_app.config["SETTINGS"].rate_limits:
        return 0
    return take(f"tell:{_network()}", *TOLD)


def wait_to_promise(campaign_id: int) -> int:
    """Seconds until goods may be promised again from this address; 0: now."""
    if not current_app.config["SETTINGS"].rate_limits:
        return 0
    network = _network()
    shard = zlib.crc32(network.encode()) % SHARDS
    return take(f"promise:{network}", *PER_ADDRESS) or take(
        f"promise:{campaign_id}:{shard}", *PER_CAMPAIGN_SHARD
    )


def wait_to_prove(code: str) -> int:
    """Seconds until this pledge may be changed again, from wherever: four digits are soon guessed. 0: now."""
    if not current_app.config["SETTINGS"].rate_limits:
        return 0
    return take(f"prove:{code}", *PROOFS) or wait_to_tell()


def too_fast(wait: int) -> Response:
    """429 with the seconds to wait, in words and in `Retry-After`."""
    page = render_template("give/too_fast.html", seconds=grouped(wait, language().code))
    answer = make_response(page, 429)
    answer.headers["Retry-After"] = str(wait)
    return answer


def _network() -> str:
    """The visitor's IPv4 address, or the /64 of an IPv6 one: whoever has one address of it has them all."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    prefix = 32 if address.version == 4 else 64
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False).network_address)
