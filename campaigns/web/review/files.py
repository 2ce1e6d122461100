"""Pictures and papers of the blocks a moderator reads: each with its words and with who agreed to be seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campaigns.domain.campaigns.block_kinds import Block
from campaigns.domain.campaigns.block_page import Said, ShownPicture
from campaigns.domain.campaigns.block_store import blocks_of
from campaigns.domain.campaigns.blocks import papers_in, pictures_in
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.moderation.contract import Item
from campaigns.domain.pictures import consent, store
from campaigns.domain.pictures.models import Paper, PictureConsent


@dataclass(frozen=True)
class ReadPicture:
    """`item` is what its block says of it; `known`: the page shows it already."""

    shown: ShownPicture
    item: Mapping[str, Any]
    consent: PictureConsent | None
    known: bool


@dataclass(frozen=True)
class ReadPaper:
    paper: Paper
    title: Mapping[str, str]
    known: bool


@dataclass(frozen=True)
class ReadFiles:
    pictures: Sequence[ReadPicture]
    papers: Sequence[ReadPaper]

    def __bool__(self) -> bool:
        return bool(self.pictures or self.papers)


def files_of(item: Item) -> ReadFiles:
    """Of a campaign or of an edit of its blocks; nothing for other things. Three queries at most."""
    blocks, before = _blocks(item)
    rows = store.pictures([one["picture"] for one in pictures_in(blocks)])
    agreed = consent.consents([one["consent"] for one in pictures_in(blocks) if one["consent"]])
    papers = store.papers([one["paper"] for one in papers_in(blocks)])
    known = [*pictures_in(before), *papers_in(before)]
    return ReadFiles(
        [
            ReadPicture(
                ShownPicture(rows[one["picture"]], Said(one["alt"]["fa"], "fa"), Said("", "fa")),
                one,
                agreed.get(one["consent"] or ""),
                one in known,
            )
            for one in pictures_in(blocks)
            if one["picture"] in rows
        ],
        [
            ReadPaper(papers[one["paper"]], one["title"], one in known)
            for one in papers_in(blocks)
            if one["paper"] in papers
        ],
    )


def _blocks(item: Item) -> tuple[Sequence[Block], Sequence[Block]]:
    """Those to read, and those that were there before."""
    if item.kind == "campaign":
        return blocks_of(item.campaign.id), []
    if item.kind == "edit" and item.thing.part == Part.BLOCKS:
        return item.thing.data["blocks"], item.thing.base["blocks"]
    return [], []
