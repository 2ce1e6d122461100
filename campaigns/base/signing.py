"""Ed25519 signatures (RFC 8032). A key is 32 bytes, kept as 64 hexadecimal digits."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class BadKey(ValueError):
    """Not 64 hexadecimal digits."""


def read_key(text: str) -> Ed25519PrivateKey:
    """The private key somebody has configured. Raises `BadKey`."""
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text))
    except ValueError:
        raise BadKey("a signing key has 64 hexadecimal digits") from None


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes everybody may know."""
    return key.public_key().public_bytes_raw()


def is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether `signature` of `message` was made with the key whose public half this is."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
