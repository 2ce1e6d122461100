"""Numbers of bank cards: sixteen digits, of which the last is a check over the others (ISO/IEC 7812-1, Luhn)."""

from campaigns.base.digits import to_ascii

LENGTH = 16
LAST = 4


def parse_card(text: str) -> str | None:
    """Sixteen digits from however they were typed, or None when the check digit does not fit."""
    digits = _digits(text)
    if len(digits) != LENGTH or digits[0] == "0":
        return None
    doubled = (int(digit) * 2 for digit in digits[::2])
    total = sum(two - 9 if two > 9 else two for two in doubled) + sum(map(int, digits[1::2]))
    return digits if total % 10 == 0 else None


def parse_last(text: str) -> str | None:
    """The last four digits of a card, or None. Of a whole number that was typed only these are kept."""
    digits = _digits(text)
    return digits[-LAST:] if len(digits) in {LAST, LENGTH} else None


def shown(card: str) -> str:
    """In groups of four, as it stands on the card."""
    return " ".join(card[place : place + 4] for place in range(0, LENGTH, 4))


def _digits(text: str) -> str:
    """The digits of what was typed; empty where it holds anything else but separators."""
    typed = "".join(to_ascii(text).split()).replace("-", "")
    return typed if typed.isascii() and typed.isdigit() else ""
