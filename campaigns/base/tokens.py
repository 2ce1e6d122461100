"""Signed words that come back to us, and secrets of which only the hash is kept."""

import hashlib
import secrets
from functools import lru_cache
from typing import Any

from flask import current_app
from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from campaigns.base.clock import now


class TokenInvalid(Exception):
    """Not ours, or for another purpose."""


class TokenExpired(TokenInvalid):
    """Ours, but too old. `data` is what it carried: enough to keep what somebody typed."""

    def __init__(self, data: Any) -> None:
        super().__init__("expired")
        self.data = data


class _HouseClock(TimestampSigner):
    """Signs with the house's «now», which tests and sample data can pin."""

    def get_timestamp(self) -> int:
        return int(now().timestamp())


def sign(purpose: str, data: Any) -> str:
    """`data` (JSON values) as a URL-safe token that only `read` with the same purpose accepts."""
    return _serializer(purpose).dumps(data)


def read(purpose: str, token: str, max_age_seconds: int | None = None) -> Any:
    """What `sign` was given. Raises `TokenExpired` or `TokenInvalid`."""
    serializer = _serializer(purpose)
    try:
        return serializer.loads(token.encode("utf-8", "replace"), max_age=max_age_seconds)
    except SignatureExpired as old:
        raise TokenExpired(serializer.load_payload(old.payload or b"")) from None
    except BadData:
        raise TokenInvalid(purpose) from None


def new_secret() -> str:
    """256 random bits, URL-safe."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """What is kept of a secret. Random 256 bits need no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    """Newest key last, as itsdangerous wants it: it signs with the last one and accepts all."""
    older = current_app.config["SECRET_KEY_FALLBACKS"] or ()
    return _made((*reversed(older), current_app.config["SECRET_KEY"]), purpose)


@lru_cache(maxsize=64)
def _made(keys: tuple[str, ...], purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        list(keys),
        salt=f"pooyesh.{purpose}",
        signer=_HouseClock,
        signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
    )
