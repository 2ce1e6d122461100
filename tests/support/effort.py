"""How long property tests look for trouble: `HYPOTHESIS_PROFILE=long` for as long as one has patience."""

import os

from hypothesis import HealthCheck, settings

PROFILE = "HYPOTHESIS_PROFILE"
LONG_EXAMPLES = int(os.environ.get("HYPOTHESIS_EXAMPLES", "400"))


def is_long() -> bool:
    return os.environ.get(PROFILE) == "long"


def effort(examples: int, steps: int) -> settings:
    """For a state machine: so many stories of so many steps in the suite, many longer ones under `long`."""
    return settings(
        max_examples=LONG_EXAMPLES if is_long() else examples,
        stateful_step_count=2 * steps if is_long() else steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
