"""Python's garbage collector in a server: what the start made stays, and is not looked through again and again."""

import gc

OBJECTS_BETWEEN_SWEEPS = 20_000  # 700 by default: a sweep in nearly every request


def sweep_less() -> None:
    """Call once, when everything that stays has been made."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_SWEEPS, *gc.get_threshold()[1:])
