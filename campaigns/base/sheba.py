"""Sheba: the Iranian IBAN, IR and 24 digits, of which two are a check over all others."""

from campaigns.base.digits import to_ascii

LENGTH = 26
_IR = "1827"  # I and R as ISO 13616 counts letters: A is 10


def parse_sheba(text: str) -> str | None:
    """`IR` and 24 digits from however it was typed, or None when the check digits do not fit."""
    typed = "".join(to_ascii(text).split()).replace("-", "").upper()
    digits = typed.removeprefix("IR")
    if len(digits) != LENGTH - 2 or not (digits.isascii() and digits.isdigit()):
        return None
    return f"IR{digits}" if int(digits[2:] + _IR + digits[:2]) % 97 == 1 else None


def shown(sheba: str) -> str:
    """In groups of four, as it stands on papers of banks."""
    return " ".join(sheba[place : place + 4] for place in range(0, LENGTH, 4))
