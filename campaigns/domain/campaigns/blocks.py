"""Lists of blocks as plain values: adding, finding, moving, removing. Nothing here changes what it was given."""

import secrets
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from json import dumps
from typing import Any

from campaigns.domain.campaigns.block_kinds import MOST_BLOCKS, PLACED, Block, BlockKind, Blocks

UP, DOWN = "up", "down"


def begun(kind: BlockKind, values: dict[str, Any]) -> Block:
    """A new block with a name of its own."""
    return {"id": secrets.token_hex(4), "kind": kind.value, **values}


def found(blocks: Sequence[Block], name: str) -> Block | None:
    return next((block for block in blocks if block["id"] == name), None)


def put(blocks: Sequence[Block], block: Block) -> Blocks:
    """With this block in the place of the one with its name; last where there is none."""
    if found(blocks, block["id"]) is None:
        return [*blocks, block]
    return [block if one["id"] == block["id"] else one for one in blocks]


def without(blocks: Sequence[Block], name: str) -> Blocks:
    return [block for block in blocks if block["id"] != name]


def without_pictures(blocks: Sequence[Block], names: Collection[str]) -> Blocks:
    """Every block with its pictures but these. A block that loses all of them stays, and is not drawn."""
    return [_with_fewer(block, names) if "pictures" in block else block for block in blocks]


def _with_fewer(block: Block, names: Collection[str]) -> Block:
    return block | {"pictures": [item for item in block["pictures"] if item["picture"] not in names]}


def moved(rows: Sequence[Any], place: int, way: str) -> list[Any]:
    """With the row at `place` one step up or down; as it was where there is no further."""
    other = place + (-1 if way == UP else 1)
    if not (0 <= place < len(rows) and 0 <= other < len(rows)):
        return [*rows]
    changed = [*rows]
    changed[place], changed[other] = changed[other], changed[place]
    return changed


def can_add(blocks: Sequence[Block]) -> list[BlockKind]:
    """The kinds another block may have."""
    there = {block["kind"] for block in blocks}
    if len(blocks) >= MOST_BLOCKS:
        return []
    return [kind for kind in BlockKind if kind not in PLACED or kind not in there]


def fingerprint(block: Block) -> str:
    """Tells two versions of a block apart."""
    return sha256(dumps(block, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def pictures_in(blocks: Sequence[Block]) -> Iterator[dict[str, Any]]:
    """Every picture with what is said of it, in the order of the page."""
    for block in blocks:
        yield from block.get("pictures", ())


def papers_in(blocks: Sequence[Block]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        yield from block.get("papers", ())


def files_in(blocks: Sequence[Block]) -> set[str]:
    """Names of all pictures and papers."""
    pictures = {item["picture"] for item in pictures_in(blocks)}
    return pictures | {item["paper"] for item in papers_in(blocks)}
