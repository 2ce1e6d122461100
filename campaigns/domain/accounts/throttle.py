"""How often somebody may try to sign in or ask for a reset link: by account and by network.

Names in the buckets are hashed: they may be anything a stranger typed, and they say who has an account here.
"""

import hashlib
import ipaddress
from enum import Enum

from campaigns.base.buckets import take
from campaigns.domain.accounts.identity import Login

QUARTER_HOUR = 900
HOUR = 3600


class Gate(Enum):
    """Name; tries an account has, tries a network has, seconds after which all are back."""

    SIGN_IN = ("signin", 10, 60, QUARTER_HOUR)
    RESET = ("reset", 3, 20, HOUR)
    PASSWORD = ("password", 10, 60, QUARTER_HOUR)
    CODE = ("code", 5, 60, QUARTER_HOUR)


def wait_for(gate: Gate, login: Login, address: str) -> int:
    """Counts one try. Returns 0 when it may go on, else the seconds to wait.

    Does not commit: the caller must, whatever the answer.
    """
    name, per_account, per_network, seconds = gate.value
    network = take(f"{name}:net:{network_of(address)}", per_network, seconds)
    account = take(f"{name}:who:{_hashed(login)}", per_account, seconds)
    return max(network, account)


def network_of(address: str) -> str:
    """The /24 of an IPv4 address, the /48 of an IPv6 one; one shared name for what is neither."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    width = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network((parsed, width), strict=False))


def _hashed(login: Login) -> str:
    return hashlib.sha256(f"{login.email or ''}|{login.mobile or ''}|{login.other}".encode()).hexdigest()[:32]
