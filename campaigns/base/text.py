"""What people typed, made safe to keep: composed, without hidden characters, letters of the right keyboard.

Arabic yeh and kaf are folded only in Persian text: in Arabic and Kurdish they are the right letters.
"""

import re
import unicodedata

_PERSIAN_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})
_JOINERS = "\u200c\u200d"
_HIDDEN = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u061c\ufeff\u00ad\ufff9-\ufffb]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_LOOSE_JOINER = re.compile(f"(?<![^\\W\\d_])[{_JOINERS}]+|[{_JOINERS}]+(?![^\\W\\d_])")
_MANY_JOINERS = re.compile(f"([{_JOINERS}])[{_JOINERS}]+")
_TATWEEL = "\u0640"


def clean(text: str, language: str = "fa", *, lines: bool = False) -> str:
    """Text as it is kept. `lines` keeps line breaks (at most one empty line between paragraphs)."""
    text = unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode())
    if language == "fa":
        text = text.translate(_PERSIAN_LETTERS)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = _HIDDEN.sub("", _CONTROL.sub("", text)).replace(_TATWEEL, "")
    if not lines:
        text = text.replace("\n", " ")
    text = _MANY_JOINERS.sub(r"\1", _SPACES.sub(" ", text))
    text = _LOOSE_JOINER.sub("", text)
    text = re.sub(r" ?\n ?", "\n", text)
    text = re.sub(r"\n{3,}", "\n\n", text)
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text)).strip()


def hidden_characters(text: str) -> list[str]:
    """Unicode names of the characters a reader cannot see, in order of appearance, each once."""
    found = (_HIDDEN.findall(text) + _CONTROL.findall(text)) if text else []
    names = (unicodedata.name(mark, f"U+{ord(mark):04X}") for mark in found)
    return list(dict.fromkeys(names))
