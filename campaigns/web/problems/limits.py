"""How often somebody may report or say more of a case: by address, and by the code of the case."""

from flask import Response

from campaigns.web.limits import masked, network, slowed, wait

REPORTS = (12, 3600.0)
SAID = (20, 600.0)
SAID_OF_A_CASE = (10, 3600.0)


def wait_to_report() -> int:
    """Seconds until this address may report something again; 0: now."""
    return wait((f"problem:{network()}", REPORTS))


def wait_to_say(code: str) -> int:
    """Seconds until more may be said of this case, or from this address; 0: now."""
    return wait((f"case:{network()}", SAID), (f"case-code:{masked(code)}", SAID_OF_A_CASE))


def too_fast(seconds: int) -> Response:
    return slowed("problems/too_fast.html", seconds)
