"""The blocks of a campaign as its page shows them: in one language, with their pictures. Templates draw them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from campaigns.domain.campaigns.block_kinds import PLACED, Block, BlockKind
from campaigns.domain.campaigns.block_store import blocks_of
from campaigns.domain.campaigns.blocks import papers_in, pictures_in
from campaigns.domain.pictures.models import Paper, Picture
from campaigns.domain.pictures.store import papers, pictures

FALLBACK = "fa"


@dataclass(frozen=True)
class Said:
    """Words and the language they are in: Persian where the other language has none."""

    text: str
    language: str

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True)
class ShownPicture:
    """`alt` is empty for decoration."""

    picture: Picture
    alt: Said
    caption: Said


@dataclass(frozen=True)
class ShownPaper:
    paper: Paper
    title: Said


@dataclass(frozen=True)
class ShownBlock:
    """One block. What its kind has not stays empty; `text` is Markdown in a story, plain words elsewhere."""

    kind: str
    heading: Said
    text: Said
    role: Said = Said("", FALLBACK)
    url: str = ""
    pictures: Sequence[ShownPicture] = ()
    papers: Sequence[ShownPaper] = ()

    @property
    def host(self) -> str:
        """The name of the site a video is on."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")

    @property
    def empty(self) -> bool:
        """Nothing to draw yet."""
        if self.kind == BlockKind.GALLERY:
            return not self.pictures
        return self.kind == BlockKind.DOCUMENTS and not self.papers


@dataclass(frozen=True)
class _Files:
    pictures: Mapping[str, Picture]
    papers: Mapping[str, Paper]


def shown_blocks(campaign_id: int, language: str) -> list[ShownBlock]:
    """Three queries, whatever the number of blocks."""
    return drawn(blocks_of(campaign_id), language)


def drawn(blocks: Sequence[Block], language: str) -> list[ShownBlock]:
    """Blocks as a page shows them; those that are still empty are left out."""
    files = _Files(
        pictures([item["picture"] for item in pictures_in(blocks)]),
        papers([item["paper"] for item in papers_in(blocks)]),
    )
    made = [_drawn(block, language, files) for block in blocks if block["kind"] in set(BlockKind)]
    return [block for block in made if not block.empty]


def placed(blocks: Sequence[ShownBlock]) -> frozenset[str]:
    """Kinds of sections that stand where their block is, and not at their usual place."""
    return frozenset(block.kind for block in blocks if block.kind in PLACED)


def _drawn(block: Block, language: str, files: _Files) -> ShownBlock:
    say = _speaker(language)
    return ShownBlock(
        kind=block["kind"],
        heading=say(block.get("heading") or block.get("title")),
        text=say(block.get("text") or block.get("words") or block.get("intro")),
        role=say(block.get("role")),
        url=block.get("url", ""),
        pictures=[
            ShownPicture(files.pictures[item["picture"]], say(item["alt"]), say(item["caption"]))
            for item in block.get("pictures", ())
            if item["picture"] in files.pictures
        ],
        papers=[
            ShownPaper(files.papers[item["paper"]], say(item["title"]))
            for item in block.get("papers", ())
            if item["paper"] in files.papers
        ],
    )


def _speaker(language: str) -> Callable[[Any], Said]:
    def say(pair: Any) -> Said:
        texts = pair or {}
        own = texts.get(language, "")
        return Said(own, language) if own else Said(texts.get(FALLBACK, ""), FALLBACK)

    return say
