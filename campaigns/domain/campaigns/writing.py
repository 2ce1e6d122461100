"""Help with writing: what a reader may stumble over in the texts of a part. It advises and never forbids.

Lengths, words that press, and what could lead to one of those who are helped: numbers, and names beside places.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from campaigns.base.personal import Personal, personal_number
from campaigns.domain.campaigns.merging import flat
from campaigns.domain.campaigns.parts import Data
from campaigns.domain.campaigns.pressing import PRESSING

LONG_TITLE, SHORT_LEAD, LONG_LEAD = 60, 40, 280
"""Characters."""
LONG_SENTENCE = 40
"""Words."""
NO_PROSE = {
    *("slug", "provinces", "counties", "topic", "starts_on", "ends_on", "contact_name", "contact_phone"),
    *("unit_count", "intents", "minimum_rials", "covers_overhead", "goal_policy", "sibling"),
    *("theme", "motif", "accent"),
}
_NAMES = frozenset({"id", "kind", "picture", "paper", "consent", "url"})
"""Values in rows that name a thing and are read by nobody."""
_SENTENCE = re.compile(r"[^.!?؟…\n]+")
_NAMED = re.compile(
    r"(?<!\w)(?:آقای|خانم|سرکار|حاج|سیده?|به[\s\u200c]نام|نامش|اسمش)\s+\w{2,}"
    r"|\w{2,}\s*[،,]?\s*\d+[\s\u200c]?ساله"
    r"|\b(?:Mr|Mrs|Ms|Miss|named|called)\b\.?\s+[A-Z]\w+"
    r"|\b[A-Z]\w+,?\s+(?:aged\s+\d+|\d+[\s-]years?[\s-]old)\b"
)
_SMALL_PLACE = re.compile(
    r"(?<!\w)(?:روستای|محلهٔ?|محله‌ی|خیابان|کوچهٔ?|پلاک|شهرک)\s+\w+|\b(?:village of|street|alley|neighbou?rhood)\b",
    re.IGNORECASE,
)
_RIALS = re.compile(r"(?<!\w)(?:ریال|rials?)(?!\w)", re.IGNORECASE)


class Advice(StrEnum):
    LONG_TITLE = "long_title"
    SHORT_LEAD = "short_lead"
    LONG_LEAD = "long_lead"
    LONG_SENTENCE = "long_sentence"
    PRESSING = "pressing"
    RIALS = "rials"
    NAME_AND_PLACE = "name_and_place"
    MOBILE = "mobile"
    NATIONAL_CODE = "national_code"
    ACCOUNT = "account"


@dataclass(frozen=True)
class Hint:
    """One thing to look at. `field` as `merging.flat` names it; `words`: what it is about, as written, or nothing."""

    field: str
    advice: Advice
    words: str = ""


def hints(data: Data, places: Collection[str]) -> list[Hint]:
    """Everything worth a second look in the texts of a part. `places`: names of provinces and counties."""
    found = []
    for field, value in flat(data).items():
        name = field.partition(".")[0]
        text = "\n".join(_texts(value)) if name not in NO_PROSE else ""
        if text.strip():
            found += [
                Hint(field, *one) for one in (*_lengths(name, text), *_wording(text, frozenset(places)))
            ]
    return found


def _lengths(name: str, text: str) -> Iterator[tuple[Advice, str]]:
    if name == "title" and len(text) > LONG_TITLE:
        yield Advice.LONG_TITLE, ""
    if name == "lead" and len(text) < SHORT_LEAD:
        yield Advice.SHORT_LEAD, ""
    if name == "lead" and len(text) > LONG_LEAD:
        yield Advice.LONG_LEAD, ""
    long = next((one for one in _SENTENCE.findall(text) if len(one.split()) > LONG_SENTENCE), "")
    if long:
        yield Advice.LONG_SENTENCE, " ".join(long.split()[:8]) + " …"


def _wording(text: str, places: frozenset[str]) -> Iterator[tuple[Advice, str]]:
    pressing = PRESSING.search(text)
    if pressing:
        yield Advice.PRESSING, pressing[0]
    if _RIALS.search(text):
        yield Advice.RIALS, ""
    number = personal_number(text)
    if number:
        yield _NUMBERS[number], ""
    for sentence in _SENTENCE.findall(text):
        named = _NAMED.search(sentence)
        if named and (_SMALL_PLACE.search(sentence) or _any_of(places).search(sentence)):
            yield Advice.NAME_AND_PLACE, named[0].strip()
            return


def _texts(value: Any) -> Iterator[str]:
    """The texts in a field: itself, or those of its rows."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            if name not in _NAMES:
                yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


@lru_cache(maxsize=4)
def _any_of(places: frozenset[str]) -> re.Pattern[str]:
    """One of these names as a word of its own; never, when there are none."""
    names = "|".join(re.escape(name) for name in sorted(places, key=len, reverse=True) if name)
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)" if names else r"(?!)")


_NUMBERS = {
    Personal.MOBILE: Advice.MOBILE,
    Personal.NATIONAL_CODE: Advice.NATIONAL_CODE,
    Personal.ACCOUNT: Advice.ACCOUNT,
}
