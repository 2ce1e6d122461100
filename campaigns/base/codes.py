"""Public identifiers: random ids for addresses, and short codes a person can read aloud.

A code is ten symbols of Crockford's base32 (https://www.crockford.com/base32.html: no I, L, O, U) without Z,
and one check symbol that makes a weighted sum vanish modulo 31. Thirty-one is prime and the weights differ,
so every single wrong symbol and every swap of two unlike symbols is noticed.
"""

import re
import secrets

from campaigns.base.digits import to_ascii

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"
LENGTH = 10
_LONGEST_TYPED = 100
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_SEPARATORS = re.compile("[\\s\\-_.\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff]")


def public_id() -> str:
    """128 random bits for an address: nothing to guess, nothing to count."""
    return secrets.token_urlsafe(16)


def new_salt() -> bytes:
    """128 random bits that keep a short secret from being guessed."""
    return secrets.token_bytes(16)


def new_code() -> str:
    """A new tracking code, without separators: eleven symbols, 49 random bits and a check."""
    number, symbols = secrets.randbelow(len(ALPHABET) ** LENGTH), ""
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        symbols += ALPHABET[place]
    return symbols + _check(symbols)


def parse_code(text: str) -> str | None:
    """The code somebody typed or read out: any case, any digits, any separators, O for 0. None if wrong."""
    if len(text) > _LONGEST_TYPED:
        return None
    symbols = _SEPARATORS.sub("", to_ascii(text)).upper().translate(_LOOKALIKES)
    if len(symbols) != LENGTH + 1 or any(symbol not in ALPHABET for symbol in symbols):
        return None
    return symbols if _check(symbols[:LENGTH]) == symbols[LENGTH] else None


def spoken(code: str) -> str:
    """A code in groups for the eye and the ear: `ABCD-EFGH-JKM`."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _check(symbols: str) -> str:
    total = sum(weight * ALPHABET.index(symbol) for weight, symbol in enumerate(symbols, start=2))
    return ALPHABET[-total % len(ALPHABET)]
