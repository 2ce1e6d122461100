"""How often somebody may begin a gift. Buckets per address; per campaign spread over shards, so that no row is hot."""

import zlib

from flask import Response

from campaigns.web.limits import network, slowed, wait

PER_ADDRESS = (30, 600.0)
PER_CAMPAIGN_SHARD = (600, 60.0)
SHARDS = 16
LOOKUPS = (60, 600.0)
TOLD = (30, 600.0)
PROOFS = (10, 3600.0)


def wait_to_give(campaign_id: int) -> int:
    """Seconds until the next gift may begin from this address; 0: now."""
    return _wait_to_begin("give", campaign_id)


def wait_to_promise(campaign_id: int) -> int:
    """Seconds until goods may be promised again from this address; 0: now."""
    return _wait_to_begin("promise", campaign_id)


def wait_to_look() -> int:
    """Seconds until this address may try another tracking code; 0: now."""
    return wait((f"track:{network()}", LOOKUPS))


def wait_to_tell() -> int:
    """Seconds until this address may say something of a transfer again; 0: now."""
    return wait((f"tell:{network()}", TOLD))


def wait_to_prove(code: str) -> int:
    """Seconds until this pledge may be changed again, from wherever: four digits are soon guessed. 0: now."""
    return wait((f"prove:{code}", PROOFS)) or wait_to_tell()


def too_fast(seconds: int) -> Response:
    return slowed("give/too_fast.html", seconds)


def _wait_to_begin(what: str, campaign_id: int) -> int:
    where = network()
    shard = zlib.crc32(where.encode()) % SHARDS
    return wait((f"{what}:{where}", PER_ADDRESS), (f"{what}:{campaign_id}:{shard}", PER_CAMPAIGN_SHARD))
