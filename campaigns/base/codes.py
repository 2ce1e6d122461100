"""Public identifiers: random ids for addresses, and short codes a person can read aloud.

A code is ten symbols of Crockford's base32 (https://www.crockford.com/base32.html: no I, L, O, U) and one check symbol
that makes the weighted sum vanish modulo 31; so every single wrong symbol but one pair, and every swap of unlike
neighbours, is noticed. The symbol Z is left out, which makes the alphabet prime and the check complete.
"""

import secrets

from campaigns.base.digits import to_ascii

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"
LENGTH = 10
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_SEPARATORS = str.maketrans(
    dict.fromkeys(" -\u2010\u2011\u2012\u2013\u200c\u200e\u200f\u2066\u2067\u2068\u2069\t\n\r")
)


def public_id() -> str:
    """128 random bits for an address: nothing to guess, nothing to count."""
    return secrets.token_urlsafe(16)


def new_code() -> str:
    """A new tracking code, without separators: eleven symbols, 49 random bits and a check."""
    symbols = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return symbols + _check(symbols)


def parse_code(text: str) -> str | None:
    """The code somebody typed or read out: any case, any digits, any separators, 0 for O. None if it is not one."""
    symbols = to_ascii(text).translate(_SEPARATORS).upper().translate(_LOOKALIKES)
    if len(symbols) != LENGTH + 1 or any(symbol not in ALPHABET for symbol in symbols):
        return None
    return symbols if _check(symbols[:LENGTH]) == symbols[LENGTH] else None


def spoken(code: str) -> str:
    """A code in groups for the eye and the ear: `ABCD-EFGH-JKM`."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _check(symbols: str) -> str:
    total = sum(weight * ALPHABET.index(symbol) for weight, symbol in enumerate(symbols, start=2))
    return ALPHABET[-total % len(ALPHABET)]
