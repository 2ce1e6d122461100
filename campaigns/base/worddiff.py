"""What changed between two texts, word by word, for the eye of a moderator.

Words that stand once in each text, else such threes of words, are matched first, in the longest run that
keeps their order; only small gaps between them are compared pair by pair. So two long unlike texts cost
milliseconds, where a full comparison costs half a minute.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

_VOWELS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_TOKEN = re.compile(
    rf"https?://\S+|[0-9۰-۹٠-٩]+(?:[٬٫,.][0-9۰-۹٠-٩]+)*|(?:[^\W\d_][{_VOWELS}]*)+|\s+|.", re.DOTALL
)
_SMALL_GAP = 1_600  # pairs of words
_DEEPEST = 20
_ANCHOR_LENGTHS = (1, 5)  # a word; three words and the spaces between them

Words = Sequence[str]


@dataclass(frozen=True)
class Piece:
    """A run of text that is the `same` in both, `gone` from the old or `new` in the new one."""

    change: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True)
class _Run:
    """Neighbouring words of both texts: equal, or one in the place of the other."""

    same: bool
    old: str
    new: str


def word_diff(old: str, new: str) -> list[Piece]:
    """The pieces in reading order. Words split at spaces and half-spaces; numbers and links stay whole.

    The `same` and `gone` pieces make up the old text, the `same` and `new` ones the new text.
    """
    pieces = []
    for run in _readable(list(_gathered(_compare(_TOKEN.findall(old), _TOKEN.findall(new), _DEEPEST)))):
        if run.same:
            pieces.append(Piece("same", run.old))
            continue
        if run.old:
            pieces.append(Piece("gone", run.old))
        if run.new:
            pieces.append(Piece("new", run.new))
    return pieces


def _compare(old: Words, new: Words, depth: int) -> Iterator[_Run]:
    """Equal beginnings and ends aside, the middle by its anchors, small middles in full."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    yield _run(True, old[:start])
    yield from _middle(old[start : len(old) - end], new[start : len(new) - end], depth)
    yield _run(True, old[len(old) - end :])


def _middle(old: Words, new: Words, depth: int) -> Iterator[_Run]:
    if len(old) * len(new) <= _SMALL_GAP:
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield _run(tag == "equal", old[i1:i2], new[j1:j2])
        return
    lengths = _ANCHOR_LENGTHS if depth else ()
    anchors = next(filter(None, (_anchors(_windows(old, n), _windows(new, n)) for n in lengths)), [])
    if not anchors:
        yield _run(False, old, new)
        return
    i = j = 0
    for at_old, at_new in anchors:
        yield from _compare(old[i:at_old], new[j:at_new], depth - 1)
        yield _run(True, old[at_old : at_old + 1])
        i, j = at_old + 1, at_new + 1
    yield from _compare(old[i:], new[j:], depth - 1)


def _windows(words: Words, length: int) -> list[Words]:
    return [tuple(words[start : start + length]) for start in range(len(words) - length + 1)]


def _anchors(old: list[Words], new: list[Words]) -> list[tuple[int, int]]:
    """Places of windows that stand once in each text: the longest list that rises in both."""
    once_old, once_new = Counter(old), Counter(new)
    place = {window: j for j, window in enumerate(new) if once_new[window] == 1}
    pairs = [(i, place[window]) for i, window in enumerate(old) if once_old[window] == 1 and window in place]
    lowest: list[int] = []  # the lowest last place of a rising list of each length
    lengths = []
    for _, j in pairs:
        lengths.append(bisect_left(lowest, j))
        lowest[lengths[-1] : lengths[-1] + 1] = [j]
    wanted = len(lowest) - 1
    rising: list[tuple[int, int]] = []
    for pair, length in zip(reversed(pairs), reversed(lengths), strict=True):
        if length == wanted and (not rising or pair[1] < rising[-1][1]):
            rising.append(pair)
            wanted -= 1
    return rising[::-1]


def _common(old: Words, new: Words) -> int:
    """How many words both begin with."""
    shorter = min(len(old), len(new))
    return next((place for place in range(shorter) if old[place] != new[place]), shorter)


def _run(same: bool, old: Words, new: Words = ()) -> _Run:
    return _Run(same, "".join(old), "".join(old if same else new))


def _gathered(runs: Iterator[_Run]) -> Iterator[_Run]:
    for same, group in groupby((run for run in runs if run.old or run.new), key=lambda run: run.same):
        parts = list(group)
        yield _Run(same, "".join(run.old for run in parts), "".join(run.new for run in parts))


def _readable(runs: list[_Run]) -> list[_Run]:
    """Two replaced words with nothing but a space between them read better as one replacement."""
    found: list[_Run] = []
    for place, run in enumerate(runs):
        bridge = run.same and not run.old.strip(" \u200c") and 0 < place < len(runs) - 1
        if bridge and all(side.old and side.new for side in (runs[place - 1], runs[place + 1])):
            run = _Run(False, run.old, run.new)  # noqa: PLW2901 -- the same run, seen as part of the change
        if found and not found[-1].same and not run.same:
            found[-1] = _Run(False, found[-1].old + run.old, found[-1].new + run.new)
        else:
            found.append(run)
    return found
