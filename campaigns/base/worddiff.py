"""What changed between two texts, word by word, for the eye of a moderator."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_TOKEN = re.compile(r"https?://\S+|[0-9۰-۹٠-٩][0-9۰-۹٠-٩٬٫,.]*|[^\W\d_]+|\s+|\u200c|.", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A run of text that is the `same` in both, `gone` from the old or `new` in the new one."""

    change: Literal["same", "gone", "new"]
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """The pieces in reading order. Words split at spaces and half-spaces; numbers and links stay whole."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[i1:i2])))
            continue
        if i1 < i2:
            pieces.append(Piece("gone", "".join(before[i1:i2])))
        if j1 < j2:
            pieces.append(Piece("new", "".join(after[j1:j2])))
    return pieces
