"""How often somebody may sign up or try a code: by address, and by the number they type, known or not."""

from flask import Response

from campaigns.web.limits import masked, network, slowed, wait

PER_ADDRESS = (40, 600.0)
PER_NUMBER = (10, 3600.0)
CODES = (30, 600.0)


def wait_to_sign_up(who: str) -> int:
    """Seconds until this address may sign up again, or anybody with this number or code; 0: now."""
    return wait((f"shift:{network()}", PER_ADDRESS), (f"shift-who:{masked(who)}", PER_NUMBER))


def wait_to_try() -> int:
    """Seconds until this address may try another code; 0: now."""
    return wait((f"shift-code:{network()}", CODES))


def too_fast(seconds: int) -> Response:
    return slowed("network/too_fast.html", seconds)
