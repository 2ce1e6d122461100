"""Signed words short enough for a text message: a number, and a code that only we can make for it. They do not age."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error

from flask import current_app

from campaigns.base.tokens import TokenInvalid

_CODE = 9
"""Bytes: nobody guesses one of 2^72 over the network."""
_NUMBER = range(3, 9)
"""Bytes of the number, as few as it needs."""


def sign_short(purpose: str, number: int) -> str:
    """`number`, above zero, as 16 URL-safe characters or a few more; only `read_short` with this purpose takes it."""
    size = max(_NUMBER.start, (number.bit_length() + 7) // 8)
    word = number.to_bytes(size) + _codes(purpose, number)[0]
    return urlsafe_b64encode(word).decode().rstrip("=")


def read_short(purpose: str, word: str) -> int:
    """What `sign_short` was given. Raises `TokenInvalid`."""
    if len(word) > 24 or not word.isascii():
        raise TokenInvalid(purpose)
    try:
        found = urlsafe_b64decode(word + "=" * (-len(word) % 4))
    except (Error, ValueError):
        raise TokenInvalid(purpose) from None
    number, code = int.from_bytes(found[:-_CODE]), found[-_CODE:]
    fits = len(found) - _CODE in _NUMBER
    if not fits or not any(hmac.compare_digest(code, known) for known in _codes(purpose, number)):
        raise TokenInvalid(purpose)
    return number


def _codes(purpose: str, number: int) -> list[bytes]:
    """Today's key first, then those it replaced."""
    keys = [current_app.config["SECRET_KEY"], *(current_app.config["SECRET_KEY_FALLBACKS"] or ())]
    said = f"pooyesh.short.{purpose}:{number}".encode()
    return [hmac.digest(_bytes(key), said, hashlib.sha256)[:_CODE] for key in keys]


def _bytes(key: str | bytes) -> bytes:
    return key if isinstance(key, bytes) else key.encode()
