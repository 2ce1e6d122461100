"""Which new passwords are refused: short ones, the commonest, and those that anyone who knows the person
would try.
"""

from collections.abc import Iterable
from enum import StrEnum

from campaigns.domain.accounts.passwords import canonical

MIN_LENGTH = 10
MAX_LENGTH = 200

RUNS = (
    "0123456789012345678901234567890",
    "98765432109876543210987654321098",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو",
    "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
)
"""Rows and columns of keyboards, alphabets, counting: any stretch of one is a common password."""

_COMMON_WORDS = """
password passwort passw0rd p@ssword p@ssw0rd pass admin administrator root user guest test login welcome
hello letmein changeme change default secret master super superman batman iloveyou ilovey love lovely
princess sunshine monkey dragon football baseball shadow michael jordan qwerty azerty abc asdf zxcv trustno
starwars whatever freedom computer internet pooyesh pouyesh campaign iran tehran iranian persian salam khoda
omid mohammad ali reza پویش رمز گذرواژه پسورد سلام ایران تهران خدا خدایا محمد علی رضا حسین فاطمه عشق عشقم
دوستت دارم مدیر
"""
WORDS = frozenset(_COMMON_WORDS.split())
"""What the commonest passwords are made of, once digits and signs are taken off."""

_SIGNS = dict.fromkeys(map(ord, "0123456789!@#$%^&*.,-_+=?~ "))


class Weakness(StrEnum):
    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    PERSONAL = "personal"


def weakness(password: str, about: Iterable[str | None] = ()) -> Weakness | None:
    """Why `password` is refused, if it is. `about`: the person's name, e-mail and mobile."""
    word = canonical(password).casefold()
    if len(word) < MIN_LENGTH:
        return Weakness.SHORT
    if len(word) > MAX_LENGTH:
        return Weakness.LONG
    if _is_personal(word, about):
        return Weakness.PERSONAL
    return Weakness.COMMON if _is_common(word) else None


def _is_common(word: str) -> bool:
    if len(set(word)) < 4 or _period(word) <= 5 or any(word in run for run in RUNS):
        return True
    rest = _without(word, WORDS).translate(_SIGNS)
    return not rest or any(rest in run for run in RUNS)


def _is_personal(word: str, about: Iterable[str | None]) -> bool:
    """Whether little is left of the word once the person's own names and numbers are taken out of it."""
    return any(len(_without(word, _parts(known))) < 5 for known in about if known)


def _parts(known: str) -> frozenset[str]:
    """The stretches of a name, an address or a number that somebody would try."""
    whole = canonical(known).casefold()
    digits = whole.removeprefix("+98")
    words = [whole, digits, whole.partition("@")[0], *whole.replace("@", " ").replace(".", " ").split()]
    return frozenset(word for word in words if len(word) >= 3)


def _without(word: str, parts: Iterable[str]) -> str:
    for part in sorted(parts, key=len, reverse=True):
        word = word.replace(part, "")
    return word


def _period(word: str) -> int:
    """The length of the shortest stretch that, repeated, gives the word: 3 for «abcabcabcab»."""
    return next(size for size in range(1, len(word) + 1) if word == (word[:size] * len(word))[: len(word)])
