"""Latin addresses: short, lower-case, readable in an SMS where Persian would be percent signs."""

import re

from campaigns.base.search import fold

RESERVED = frozenset(
    [
        *("new", "edit", "admin", "api", "static", "en", "fa", "give", "share", "widget", "embed", "all"),
        *("sets", "organizations", "provinces", "colours"),  # stand beside campaigns in addresses of widgets
    ]
)
LONGEST = 60
_SHAPE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LATIN = {
    "ا": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "s", "ج": "j", "چ": "ch", "ح": "h",
    "خ": "kh", "د": "d", "ذ": "z", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh",
    "ص": "s", "ض": "z", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "gh",
    "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "و": "o", "ه": "h", "ی": "i",
}  # fmt: skip
# Short vowels are not written in Persian; these words are in many titles.
_WORDS = {
    "جهیزیه": "jahizieh", "ازدواج": "ezdevaj", "درمان": "darman", "مسکن": "maskan", "مدرسه": "madreseh",
    "کتاب": "ketab", "غذا": "ghaza", "سیل": "seyl", "زلزله": "zelzeleh", "کمک": "komak",
    "خانه": "khaneh", "برای": "baraye", "کودکان": "koodakan", "زوج": "zoj", "توانبخشی": "tavanbakhshi",
    "پویش": "pooyesh", "و": "va", "به": "be", "در": "dar", "از": "az",
    "ایران": "iran", "تهران": "tehran", "کرمان": "kerman", "خوزستان": "khuzestan", "فارس": "fars",
    "قم": "qom", "یزد": "yazd", "اصفهان": "isfahan", "خراسان": "khorasan", "بلوچستان": "baluchestan",
    "سیستان": "sistan", "هرمزگان": "hormozgan", "گیلان": "gilan", "چهل": "chehel", "های": "haye",
    "ها": "ha", "جوان": "javan", "نان": "nan", "بیمار": "bimar", "امید": "omid",
    "مهر": "mehr",
}  # fmt: skip


def is_slug(text: str) -> bool:
    """Whether `text` may be the address of a campaign."""
    return 3 <= len(text) <= LONGEST and bool(_SHAPE.fullmatch(text)) and text not in RESERVED


def suggest(title: str) -> str:
    """A slug for a title, Persian letters written in Latin ones. Empty when nothing fit is left."""
    words = (_WORDS.get(word) or _in_latin(word) for word in fold(title).split())
    slug = "-".join(filter(None, words))
    if len(slug) > LONGEST:
        slug = slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
    return slug if is_slug(slug) else ""


def _in_latin(word: str) -> str:
    latin = "".join(_LATIN.get(letter, letter) for letter in word)
    return re.sub(r"[^a-z0-9]", "", latin)
