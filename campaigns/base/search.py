"""Folding for search, the same on both engines: one column of folded words, one LIKE a word.

Keyboards, half-spaces, digits and diacritics must not matter: «يك» finds «یک», «می خواهم» finds «می‌خواهم».
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from campaigns.base.digits import to_ascii

MOST_TERMS = 8
LONGEST_QUERY = 200  # SQLite refuses patterns that are too long
_ALIKE = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ێ": "ی", "ك": "ک", "ٱ": "ا", "ۆ": "و", "ة": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه",
        "ڵ": "ل", "ڕ": "ر", "ء": None, "ـ": None,
    }
)  # fmt: skip
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\u061c\ufeff\u00ad]")
_PREFIXES = frozenset(["می", "نمی", "بی"])
_SUFFIXES = frozenset(["ها", "های", "هایی", "هایش", "ای", "ام", "ات", "اش", "تر", "ترین", "مان", "شان"])


def fold(text: str, joiner: str = " ") -> str:
    """Lower-case words with one space between; the half-space becomes `joiner`."""
    text = unicodedata.normalize("NFKD", text.replace("\u200c", joiner))
    text = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text).casefold())
    text = "".join(mark for mark in text if unicodedata.category(mark) != "Mn")
    return re.sub(r"[\W_]+", " ", to_ascii(text.translate(_ALIKE))).strip()


def doc_key(text: str) -> str:
    """What is kept of a text for search: its words in order, then those that some write as one word."""
    split = fold(text).split()
    known = set(split)
    joined = dict.fromkeys(word for word in (*fold(text, "").split(), *_joined(split)) if word not in known)
    return " ".join([*split, *joined])


def query_terms(text: str) -> list[list[str]]:
    """The words of a query, eight at most; each is found when any of its forms stands in the key."""
    terms = []
    for word in text[:LONGEST_QUERY].split()[:MOST_TERMS]:
        forms = [form for form in dict.fromkeys((fold(word, ""), fold(word))) if form]
        if forms:
            terms.append(forms)
    return terms


def _joined(words: list[str]) -> Iterator[str]:
    """«می خواهم» and «کتاب ها» as «میخواهم» and «کتابها»."""
    return (first + last for first, last in pairwise(words) if first in _PREFIXES or last in _SUFFIXES)
