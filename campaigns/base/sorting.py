"""The Persian alphabet's order: code points put پ چ ژ ک گ ی after all the Arabic letters."""

import unicodedata

from campaigns.base.digits import to_ascii

_ALPHABET = "ءآابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_FIRST_PLACE = 0xE000  # after the letters of every other script
_PLACE = {letter: chr(_FIRST_PLACE + place) for place, letter in enumerate(_ALPHABET)}
_PLACES = str.maketrans(
    _PLACE
    | {other: _PLACE[letter] for other, letter in zip("أإٱؤۆئيىێكةۀەھڕڵ", "اااووییییکههههرل", strict=True)}
    | {"\u200c": " ", "ـ": None}
)


def persian_key(text: str) -> str:
    """A key for `sorted`: other scripts first, then the Persian alphabet; vowel marks do not count."""
    composed = unicodedata.normalize("NFC", to_ascii(text)).casefold()
    return "".join(mark for mark in composed if unicodedata.category(mark) != "Mn").translate(_PLACES)
