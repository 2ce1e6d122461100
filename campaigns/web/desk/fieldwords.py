"""The fields of a part in words: its label, its value, and the control of the editor that changes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from campaigns.base.worddiff import Piece, word_diff
from campaigns.domain.campaigns.merging import differing, flat
from campaigns.domain.campaigns.parts import Data
from campaigns.domain.insights.readable import FIELD_LABELS, LANGUAGE_LABELS, readable
from campaigns.themes import LOOKS
from campaigns.web.locale import language

_FIRST_ROWS = {"costs": "costs-0-fa", "presets": "presets-0-fa", "fa": "fa-0-question", "en": "en-0-question"}


@dataclass(frozen=True)
class Answer:
    """One field with its present value in words. `code`: the language of a text; `control`: its id in the editor."""

    label: str
    code: str
    control: str
    words: str


@dataclass(frozen=True)
class Side:
    """One field in two versions. `pieces`: gone is in the first alone, new in the second. `code`: as of an answer."""

    field: str
    label: str
    code: str
    theirs: str
    mine: str
    pieces: Sequence[Piece]


def side(field: str, theirs: Data, mine: Data) -> Side:
    was, now = (in_words(field, flat(data).get(field)) for data in (theirs, mine))
    return Side(field, label_of(field), code_of(field), was, now, word_diff(was, now))


def sides(old: Data, new: Data) -> Sequence[Side]:
    """The fields in which two versions of a part differ."""
    return [side(field, old, new) for field in differing(old, new)]


def answers(data: Data) -> Sequence[Answer]:
    """Every field of a part, texts of each language apart."""
    return [
        Answer(label_of(field), code_of(field), control_of(field), in_words(field, value))
        for field, value in flat(data).items()
    ]


def label_of(field: str) -> str:
    name, code = field.partition(".")[0], code_of(field)
    suffix = f" ({LANGUAGE_LABELS[code]})" if "." in field and code else ""
    return f"{FIELD_LABELS.get(name, name)}{suffix}"


def code_of(field: str) -> str:
    """The language of a field (`title.fa`, or `fa` of the questions), if it has one."""
    code = field.rpartition(".")[2]
    return code if code in LANGUAGE_LABELS else ""


def control_of(field: str) -> str:
    return _FIRST_ROWS.get(field, field.replace(".", "_"))


def in_words(field: str, value: Any) -> str:
    return readable(field.partition(".")[0], value, language().code, LOOKS)
