"""How often somebody may ask for letters: by address of their network, and by the address they type."""

from flask import Response

from campaigns.web.limits import masked, network, slowed, wait

PER_NETWORK = (20, 600.0)
PER_ADDRESS = (5, 86_400.0)


def wait_to_ask(email: str) -> int:
    """Seconds until a letter to this address may be asked for again; 0: now."""
    return wait((f"follow:{network()}", PER_NETWORK), (f"follow-address:{masked(email)}", PER_ADDRESS))


def too_fast(seconds: int) -> Response:
    return slowed("give/too_fast.html", seconds)
