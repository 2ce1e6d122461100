"""Passwords: argon2id with the parameters OWASP gives for small servers (m = 19 MiB, t = 2, p = 1).

https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html Hashing takes some 25 ms and
19 MiB: do it with no transaction open. Only so many run at a time in one process, so that a flood of sign-ins
cannot eat the memory.
"""

import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from campaigns.base.digits import to_ascii

AT_ONCE = 4

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobody = _hasher.hash("the password of nobody")
_turn = BoundedSemaphore(AT_ONCE)


def hash_password(password: str) -> str:
    with _turn:
        return _hasher.hash(canonical(password))


def matches(kept_hash: str | None, password: str) -> bool:
    """Whether `password` is the one behind `kept_hash`. Without a hash: False, after the same work."""
    with _turn:
        try:
            _hasher.verify(kept_hash or _nobody, canonical(password))
        except (VerificationError, InvalidHashError):
            return False
    return bool(kept_hash)


def is_outdated(kept_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(kept_hash)


def canonical(password: str) -> str:
    """One form for what looks the same (NFKC, as NIST SP 800-63B says) and for digits of every keyboard."""
    return to_ascii(unicodedata.normalize("NFKC", password))
