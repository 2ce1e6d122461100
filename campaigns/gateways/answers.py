"""Reads what came from outside: whole numbers, cards, and a form of it that may be stored."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from campaigns.base.jalali import TEHRAN
from campaigns.base.masking import mask
from campaigns.domain.payments.contract import Outcome, VerifyResult
from campaigns.domain.payments.errors import GatewayError, RateLimited

_WHOLE = re.compile(r"-?[0-9]{1,18}")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL's JSON refuses them
HEX_HASH = re.compile(r"[0-9a-fA-F]{64}")
_CARD_SHOWN = re.compile(r"([0-9]{6})[0-9*xX]{4,9}([0-9]{4})")
_MOBILE = re.compile(r"(?:\+98|0)(9[0-9]{9})")
_SECRET_KEYS = frozenset(
    {
        *("merchant_id", "merchant", "mid", "terminalid", "terminalnumber"),
        *("mobile", "email", "cellnumber", "signature", "payman_authority"),
        *("card_hash", "card_pan", "cardnumber", "hashedcardnumber", "hashedpan", "maskedpan", "securepan"),
    }
)
_MOMENT = re.compile(r"[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[ T][0-9]{2}:[0-9]{2}")
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


def matching(pattern: re.Pattern[str], value: object) -> str | None:
    """`value`, if it is a text of this shape from end to end."""
    return value if isinstance(value, str) and pattern.fullmatch(value) else None


def card_mask(card: object) -> str | None:
    """First six and last four digits, whatever else the gateway chose to send."""
    shown = _CARD_SHOWN.fullmatch(card) if isinstance(card, str) else None
    return f"{shown[1]}******{shown[2]}" if shown else None


def local_mobile(mobile: str | None) -> str | None:
    """09… as gateways want it; None for what they would refuse."""
    shown = _MOBILE.fullmatch(mobile or "")
    return f"0{shown[1]}" if shown else None


def tehran_moment(said: object) -> datetime | None:
    """A moment as gateways write it: of Tehran where no offset stands beside it. None for what is none."""
    if not isinstance(said, str) or not _MOMENT.match(said):
        return None
    try:
        moment = datetime.fromisoformat(said.replace("/", "-"))
        return (moment if moment.tzinfo else moment.replace(tzinfo=TEHRAN)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def unknown(error: GatewayError) -> VerifyResult:
    """What a call that failed says about money: nothing."""
    wait = error.retry_after_seconds if isinstance(error, RateLimited) else None
    return VerifyResult(Outcome.UNKNOWN, code=error.code, retry_after_seconds=wait, raw=error.raw)


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
