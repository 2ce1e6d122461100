"""What a moderator may want to look at twice, found by rules in the words and figures of a thing.

A hint is no verdict: it says what was found and where, and people decide. A rule is one entry of `RULES`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from campaigns.base.cards import parse_card
from campaigns.base.digits import to_ascii
from campaigns.base.extensions import db
from campaigns.base.sheba import parse_sheba
from campaigns.base.text import hidden_characters
from campaigns.domain.campaigns.clones import family_of
from campaigns.domain.campaigns.parts import Part, read
from campaigns.domain.deliveries.models import Delivery
from campaigns.domain.moderation.contract import Item
from campaigns.domain.moderation.goals import LARGEST_JUMP, goal_jump
from campaigns.domain.moderation.likeness import Copied, copied_from

LONGEST_SHOWN = 60
_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:IR ?)?\+?[0-9](?:[ \-.()\u200c]?[0-9]){7,27}(?![0-9])")
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.\w{2,}|(?<![\w@])@[A-Za-z]\w{3,}"
    r"|(?<![\w.])[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*\.(?:ir|com|org|net|me|io|info)(?:/\S*)?(?![\w])",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?:\+?98|0098|0)[1-9][0-9]{9}|9[0-9]{9}")
NOT_WORDS = frozenset(
    {"slug", "theme", "motif", "topic", "contact_phone", "contact_name", "sibling", "provinces"}
)
"""Fields whose values are names of the house, or where a telephone number belongs."""


@dataclass(frozen=True)
class Words:
    """A text and the field it stands in."""

    field: str
    text: str


@dataclass(frozen=True)
class Hint:
    """`kind` names the rule, `what` is the piece that was found, `field` where."""

    kind: str
    what: str
    field: str = ""
    copied: Copied | None = None


def words_of(item: Item) -> list[Words]:
    """Every text of a thing that people would read."""
    if item.kind == "campaign":
        return [word for part in Part for word in _texts(read(item.campaign, part))]
    if item.kind == "edit":
        return _texts(item.thing.data)
    return [
        Words(name, value)
        for name in _FIELDS
        if (value := getattr(item.thing, name, "")) and isinstance(value, str)
    ]


def look(item: Item) -> list[Hint]:
    """Every hint on a thing, those of its words first. Reads the texts of other campaigns: for the item's own page."""
    words = words_of(item)
    found = [*_of_words(words), *_of_marks(item), *_of_goal(item), *_of_picture(item)]
    if item.kind in _LIKE:
        found += [Hint("copied", "", word.field, copied) for word, copied in _copies(item, words)]
    return found


def kinds_of(item: Item) -> list[str]:
    """The kinds of hints that the thing itself gives, each once: for the list."""
    found = [*_of_words(words_of(item)), *_of_marks(item), *_of_goal(item)]
    return list(dict.fromkeys(hint.kind for hint in found))


def _of_words(words: list[Words]) -> Iterator[Hint]:
    for word in words:
        for kind, rule in RULES.items():
            for piece in dict.fromkeys(rule(word.text)):
                yield Hint(kind, piece[:LONGEST_SHOWN], word.field)


def _phones(text: str) -> Iterator[str]:
    return (piece for piece, digits in _numbers(text) if _PHONE.fullmatch(digits))


def _cards(text: str) -> Iterator[str]:
    return (piece for piece, digits in _numbers(text) if parse_card(digits) or parse_sheba(digits))


def _links(text: str) -> Iterator[str]:
    return (found[0] for found in _LINK.finditer(text))


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    """Long numbers as they stand and their digits alone, in whatever digits they were typed."""
    plain = to_ascii(text)
    for found in _NUMBER.finditer(plain):
        yield text[found.start() : found.end()].strip(), re.sub("[^0-9]", "", found[0])


RULES: dict[str, Callable[[str], Iterator[str]]] = {
    "phone": _phones,
    "card": _cards,
    "link": _links,
    "hidden": lambda text: iter(hidden_characters(text)),
}
"""Rules over one text: each gives the pieces it found."""


def _of_marks(item: Item) -> Iterator[Hint]:
    for field, names in (getattr(item.thing, "hidden_marks", None) or {}).items():
        yield Hint("hidden", ", ".join(names)[:LONGEST_SHOWN], field)


def _of_goal(item: Item) -> Iterator[Hint]:
    if item.kind == "edit" and (jump := goal_jump(item.thing)) > LARGEST_JUMP:
        yield Hint("goal", str(round(jump * 100)), "unit_count")


def _of_picture(item: Item) -> Iterator[Hint]:
    """The evidence of a delivery that another delivery has shown already."""
    if item.kind == "delivery" and item.thing.sha256 is not None:
        same = select(Delivery.public_id).where(
            Delivery.sha256 == item.thing.sha256, Delivery.id != item.thing.id
        )
        other = db.session.scalar(same.order_by(Delivery.id).limit(1))
        if other is not None:
            yield Hint("picture", other, "stored")


def _copies(item: Item, words: list[Words]) -> Iterator[tuple[Words, Copied]]:
    own = family_of(item.campaign.id) if item.campaign else frozenset()
    for word in words:
        copied = copied_from(word.text, own)
        if copied is not None:
            yield word, copied


def _texts(data: Any, field: str = "") -> list[Words]:
    """The texts in the values of a part, each with the name of its field."""
    if isinstance(data, str):
        return [Words(field, data)] if data.strip() else []
    if isinstance(data, dict):
        inner = ((name if not field or name not in _SIDES else field, value) for name, value in data.items())
        return [word for name, value in inner if name not in NOT_WORDS for word in _texts(value, name)]
    return [word for value in data for word in _texts(value, field)] if isinstance(data, list) else []


_SIDES = frozenset({"fa", "en", "question", "answer"})
_FIELDS = (
    *("title", "body", "surplus", "message", "donor_name", "words", "note", "correction", "address", "name"),
    *("name_fa", "name_en", "text_fa", "text_en", "place_fa", "place_en", "about_fa", "about_en"),
    *("subject_fa", "subject_en", "terms_fa", "terms_en"),
)
_LIKE = frozenset({"campaign", "edit", "update", "report"})
