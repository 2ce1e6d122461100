"""A chain of hashes: whoever knows its newest link can tell whether anything before it was changed.

`link` of entry n is SHA-256(0x00 ‖ link of entry n-1 ‖ its canonical text); the chain begins with 32 zero bytes.
"""

import hashlib
import json
from typing import Any

BEGINNING = bytes(32)

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def canonical(value: Any) -> bytes:
    """The one way to write `value` as JSON: sorted keys, no spaces, UTF-8. Give it no floats."""
    return _encode(value).encode()


def link(previous: bytes, data: bytes) -> bytes:
    """The next link after `previous` for an entry whose canonical text is `data`."""
    return hashlib.sha256(b"\x00" + previous + data).digest()


def commitment(salt: bytes, secret: str) -> bytes:
    """What shows nothing of `secret`, and later proves that it was meant, to whoever is given the salt."""
    return hashlib.sha256(salt + secret.encode()).digest()
