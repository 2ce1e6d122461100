"""Blocks in the words of people: for the author to check, for a moderator to compare, one block beside its old self."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.base.digits import grouped
from campaigns.base.jalali import said
from campaigns.domain.campaigns.block_kinds import BLOCK_LABELS, Block, BlockKind
from campaigns.domain.campaigns.blocks import found
from campaigns.domain.pictures.consent import HOW_LABELS, How, Seen

_SEEN = {
    Seen.NOBODY: _l("nobody can be recognized"),
    Seen.ADULTS: _l("adults are seen, who agreed"),
    Seen.CHILDREN: _l("children are seen, whose parents or guardians agreed"),
}


def block_changes(old: Sequence[Block], new: Sequence[Block], language: str) -> list[tuple[str, str, str]]:
    """(what it is, its words before, its words now) of every block that differs; another order is one more."""
    rows = [
        (_label(block, place, language), _words_of(old, block["id"], language), block_words(block, language))
        for place, block in enumerate(new, 1)
        if found(old, block["id"]) != block
    ]
    rows += [
        (_label(block, place, language), block_words(block, language), "")
        for place, block in enumerate(old, 1)
        if found(new, block["id"]) is None
    ]
    before, after = ([block["id"] for block in side] for side in (old, new))
    both = set(before) & set(after)
    if [name for name in before if name in both] != [name for name in after if name in both]:
        rows.append((str(_("Order of the blocks")), _order(old), _order(new)))
    return rows


def block_words(block: Block, language: str) -> str:
    """Everything one block says, a line each; texts of both languages."""
    lines = [str(BLOCK_LABELS[BlockKind(block["kind"])])]
    for name in ("heading", "title", "words", "text", "role", "intro"):
        lines += _both(block.get(name))
    if block.get("consent"):
        lines.append(_agreed(block["consent"], language))
    if block.get("url"):
        lines.append(block["url"])
    for item in block.get("pictures", ()):
        lines += ["", *_picture(item)]
    for item in block.get("papers", ()):
        lines += _both(item["title"])
    return "\n".join(lines)


def _words_of(blocks: Sequence[Block], name: str, language: str) -> str:
    block = found(blocks, name)
    return block_words(block, language) if block else ""


def _label(block: Block, place: int, language: str) -> str:
    return f"{BLOCK_LABELS[BlockKind(block['kind'])]} ({grouped(place, language)})"


def _order(blocks: Sequence[Block]) -> str:
    return "\n".join(str(BLOCK_LABELS[BlockKind(block["kind"])]) for block in blocks)


def _both(pair: Mapping[str, str] | None) -> Iterator[str]:
    yield from (text for text in (pair or {}).values() if text)


def _agreed(consent: Mapping[str, str], language: str) -> str:
    how, day = HOW_LABELS[How(consent["how"])], said(date.fromisoformat(consent["on"]), language)
    return str(_("The speaker agreed %(how)s on %(day)s.", how=how, day=day))


def _picture(item: Mapping[str, Any]) -> Iterator[str]:
    """The picture itself is told by the first letters of its name: two versions with one name are one picture."""
    yield str(_("Picture %(name)s", name=item["picture"][:6]))
    yield from [str(_("It is decoration."))] if item["decoration"] else _both(item["alt"])
    yield from _both(item["caption"])
    yield str(_SEEN[Seen(item["seen"])])
