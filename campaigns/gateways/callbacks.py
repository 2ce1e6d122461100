"""Reads one value out of whatever a browser brought back from a bank. Total: no junk makes it raise."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

_LONGEST = 200
_MOST_PAIRS = 50
_NUMBER = re.compile(r"[0-9]{1,18}")


def only(name: str, *sources: object) -> str | None:
    """The one value of `name` (in any case) in these mappings; None when there is none, or more than one."""
    found = {value for key, value in _pairs(sources) if key.lower() == name.lower()}
    value = found.pop() if len(found) == 1 else None
    return value if value is not None and len(value) <= _LONGEST else None


def number(value: str | None) -> int | None:
    """A whole number in ASCII digits; None for anything else."""
    return int(value) if value is not None and _NUMBER.fullmatch(value) else None


def everything(*sources: object) -> dict[str, str]:
    """What was brought, shortened, for the record of events; the values of a repeated name side by side."""
    kept: dict[str, str] = {}
    for name, value in islice(_pairs(sources), _MOST_PAIRS):
        key = name[:_LONGEST]
        kept[key] = f"{kept[key]} | {value}"[:_LONGEST] if key in kept else value[:_LONGEST]
    return kept


def _pairs(sources: tuple[object, ...]) -> Iterator[tuple[str, str]]:
    for source in sources:
        if isinstance(source, Mapping):
            for key, value in source.items():
                for one in value if isinstance(value, list | tuple) else (value,):
                    if isinstance(key, str) and isinstance(one, str | int) and not isinstance(one, bool):
                        yield key, str(one)
