"""The Persian alphabet's order: code points put پ چ ژ ک گ ی after all the Arabic letters."""

from campaigns.base.text import clean

_ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_PLACE = {letter: chr(0x100 + place) for place, letter in enumerate(_ALPHABET)}


def persian_key(text: str) -> str:
    """A key for `sorted`."""
    return "".join(_PLACE.get(letter, letter) for letter in clean(text).replace("\u200c", " ")).casefold()
