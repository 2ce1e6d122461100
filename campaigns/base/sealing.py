"""Values that stand in the database unreadable: sealed with a key made from SECRET_KEY, older keys still open them.

Not a signature (`tokens`) and not a hash: what is sealed must be read again, to be used at a gateway.
"""

import base64
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app


class SealBroken(Exception):
    """Sealed with a key that is no longer known, for another purpose, or not by us."""


def seal(purpose: str, data: Any) -> str:
    """`data` (JSON values) as text that only `unseal` with the same purpose reads."""
    return _keys(purpose).encrypt(json.dumps(data).encode()).decode()


def unseal(purpose: str, sealed: str) -> Any:
    """What `seal` was given. Raises `SealBroken`."""
    try:
        return json.loads(_keys(purpose).decrypt(sealed.encode()))
    except InvalidToken:
        raise SealBroken(purpose) from None


def reseal(purpose: str, sealed: str) -> str | None:
    """The same with the newest key; None where it has that already, or none of our keys opens it."""
    newest, *_older = _fernets(purpose)
    try:
        newest.decrypt(sealed.encode())
    except InvalidToken:
        try:
            return _keys(purpose).rotate(sealed.encode()).decode()
        except InvalidToken:
            return None
    return None


def _keys(purpose: str) -> MultiFernet:
    return MultiFernet(_fernets(purpose))


def _fernets(purpose: str) -> list[Fernet]:
    """Newest key first, as MultiFernet wants it: it seals with the first one and opens with all."""
    keys = [current_app.config["SECRET_KEY"], *(current_app.config["SECRET_KEY_FALLBACKS"] or ())]
    return [Fernet(base64.urlsafe_b64encode(_derived(key, purpose))) for key in keys]


def _derived(key: str, purpose: str) -> bytes:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"pooyesh.sealed.{purpose}".encode())
    return made.derive(key.encode())
