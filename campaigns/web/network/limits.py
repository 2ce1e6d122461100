"""How often somebody may sign up or look: by address, and by the number they type, whether it is known or not."""

from flask import Response

from campaigns.web.limits import masked, network, slowed, wait

PER_ADDRESS = (20, 600.0)
PER_NUMBER = (5, 86_400.0)
CALLS_PER_ADDRESS = (60, 600.0)
"""In a crisis many sit behind one address of their mobile network."""
LOOKUPS = (30, 600.0)
LOOKUPS_OF_A_CODE = (6, 3_600.0)
"""Four digits are soon tried through; a code of eleven letters is not."""


def wait_to_join(mobile: str) -> int:
    return wait((f"volunteer:{network()}", PER_ADDRESS), (f"volunteer-number:{masked(mobile)}", PER_NUMBER))


def wait_to_answer(mobile: str) -> int:
    return wait((f"surge:{network()}", CALLS_PER_ADDRESS), (f"surge-number:{masked(mobile)}", PER_NUMBER))


def wait_to_look(code: str) -> int:
    return wait(
        (f"volunteer-look:{network()}", LOOKUPS), (f"volunteer-code:{masked(code)}", LOOKUPS_OF_A_CODE)
    )


def too_fast(seconds: int) -> Response:
    return slowed("network/too_fast.html", seconds)
