"""What people typed, made safe to keep: composed, without hidden characters, letters of the right keyboard.

Arabic yeh and kaf are folded only in Persian text: in Arabic and Kurdish they are the right letters.
"""

import re
import unicodedata
from collections import Counter

_PERSIAN_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})
_HIDDEN = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u061c\ufeff\u00ad\ufff9-\ufffb"
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_UNSEEN = re.compile(f"{_HIDDEN.pattern}|{_CONTROL.pattern}")
_TAGS, _HALVES = range(0xE0000, 0xE1000), range(0xD800, 0xE000)
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_JOINERS = "\u200c\u200d"
_VOWELS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"  # Arabic marks: part of the letter before them
_LOOSE_JOINER = re.compile(f"(?<![^\\W\\d_])(?<![{_VOWELS}])[{_JOINERS}]+|[{_JOINERS}]+(?![^\\W\\d_])")
_MANY_JOINERS = re.compile(f"([{_JOINERS}])[{_JOINERS}]+")
_TATWEEL = "\u0640"
_TO_DO = re.compile(
    f"{_HIDDEN.pattern}|{_CONTROL.pattern}|{_BREAKS.pattern}|[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
    f"|  |[{_TATWEEL}{_JOINERS}\u064a\u0649\u0643]"
)
"""Whatever `clean` may have to do something about, but for composing letters."""


def clean(text: str, language: str = "fa", *, lines: bool = False) -> str:
    """Text as it is kept. `lines` keeps line breaks (at most one empty line between paragraphs).

    Joiners stay between letters only; bidi controls, other invisible characters and tatweel go.
    Cleaning twice changes nothing.
    """
    if _TO_DO.search(text) is None and unicodedata.is_normalized("NFC", text):
        return text.strip(" ")
    text = _HIDDEN.sub("", _CONTROL.sub("", text)).replace(_TATWEEL, "")
    text = unicodedata.normalize("NFC", text)
    if language == "fa":
        text = text.translate(_PERSIAN_LETTERS)
    text = _SPACES.sub(" ", _BREAKS.sub("\n" if lines else " ", text))
    text = _LOOSE_JOINER.sub("", _MANY_JOINERS.sub(r"\1", text))
    text = re.sub(r"\n{3,}", "\n\n", re.sub(r" ?\n ?", "\n", text))
    return unicodedata.normalize("NFC", text).strip(" \n")


def hidden_marks(text: str) -> dict[str, int]:
    """What a reader cannot see and `clean` takes away: how often, by Unicode name, in order of appearance.

    Joiners and tatweel are not told: people type them by habit. However long the text, there are few names.
    """
    found = _UNSEEN.findall(text)
    return dict(Counter(_name(mark) for mark in found)) if found else {}


def hidden_characters(text: str) -> list[str]:
    """The names alone."""
    return list(hidden_marks(text))


def _name(mark: str) -> str:
    number = ord(mark)
    if number in _TAGS:
        return "TAG CHARACTER"
    if number in _HALVES:
        return "SURROGATE"
    return unicodedata.name(mark, f"U+{number:04X}")
