"""Folding for search, the same on both engines: one column of folded words, one LIKE a word.

Keyboards, half-spaces, digits and diacritics must not matter: «يك» finds «یک», «می خواهم» finds «می‌خواهم».
"""

import re
import unicodedata

from campaigns.base.digits import to_ascii

MOST_TERMS = 8
_FOLD = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ی", "ێ": "ی", "ك": "ک", "آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا",
        "ؤ": "و", "ۆ": "و", "ۀ": "ه", "ة": "ه", "ۂ": "ه", "ە": "ه", "ھ": "ه", "ڵ": "ل", "ڕ": "ر",
        "ء": None, "ـ": None,
    }
)  # fmt: skip
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


def fold(text: str, joiner: str = " ") -> str:
    """Lower-case words with one space between; the half-space becomes `joiner`."""
    text = text.translate(_FOLD).replace("\u200c", joiner)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(mark for mark in text if unicodedata.category(mark) != "Mn")
    text = to_ascii(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text).translate(_FOLD))).casefold()
    return re.sub(r"[\W_]+", " ", text).strip()


def doc_key(text: str) -> str:
    """What is kept of a text for search: its words, and those with a half-space also as one word."""
    split, joined = fold(text, " ").split(), fold(text, "").split()
    return " ".join(dict.fromkeys(split + joined))


def query_terms(text: str) -> list[list[str]]:
    """The words of a query; each is found when any of its forms stands in the key. At most eight words count."""
    terms = []
    for word in text.split()[:MOST_TERMS]:
        forms = [fold(word, ""), fold(word, " ")]
        kept = [form for form in dict.fromkeys(forms) if form]
        if kept:
            terms.append(kept)
    return terms
