"""Where the scale of a chart of money ends."""

from campaigns.base.money import THOUSAND_TOMAN

STEPS = (10, 12, 14, 16, 20, 24, 30, 40, 50, 60, 80, 100)


def ceiling(rials: int) -> int:
    """The first even number of tomans at or above `rials` that people read easily, and its half too."""
    scale = THOUSAND_TOMAN
    while STEPS[-1] * scale < rials:
        scale *= 10
    return next(step * scale for step in STEPS if step * scale >= rials)
