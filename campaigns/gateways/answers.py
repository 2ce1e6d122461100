"""Reads what came from outside: whole numbers, short texts, and a form of it that may be stored."""

import re
from collections.abc import Mapping
from typing import Any

from campaigns.base.masking import mask

_WHOLE = re.compile(r"-?[0-9]{1,18}")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL's JSON refuses them
_SECRET_KEYS = frozenset({"merchant_id", "mobile", "email", "card_hash", "card_pan", "cardnumber"})
_DEEPEST = 6
_LONGEST_TEXT = 500
_LARGEST_STORED = 10**15


def whole(value: object) -> int | None:
    """An int or a text of ASCII digits. None for the rest: `True`, 100.0 and "۱۰۰" are no numbers here."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if abs(value) < 10**18 else None
    return int(value) if isinstance(value, str) and _WHOLE.fullmatch(value) else None


def storable(value: object, depth: int = 0) -> Any:
    """`value` as JSON that both databases accept: masked, without floats, cut where it is long or deep."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < _LARGEST_STORED else "[long number]"
    if depth >= _DEEPEST:
        return "[deep]"
    if isinstance(value, Mapping):
        return {_text(str(key)): _kept(str(key), item, depth) for key, item in list(value.items())[:100]}
    if isinstance(value, list | tuple):
        return [storable(item, depth + 1) for item in value[:100]]
    return _text(str(value))


def _kept(key: str, item: object, depth: int) -> Any:
    if key.lower() in _SECRET_KEYS and item:
        return "[hidden]"
    return storable(item, depth + 1)


def _text(text: str) -> str:
    return mask(_UNSTORABLE.sub("\ufffd", text[:_LONGEST_TEXT]))
