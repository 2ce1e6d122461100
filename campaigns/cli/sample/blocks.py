"""Blocks of one sample campaign: more of its story, a quote, two drawings, a document, its costs at their place."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from campaigns.base.clock import now
from campaigns.base.jalali import tehran_day
from campaigns.cli.sample.papers import paper
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.actions import save_part
from campaigns.domain.campaigns.block_kinds import Block, BlockKind
from campaigns.domain.campaigns.blocks import begun
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.pictures.consent import How, Seen
from campaigns.domain.pictures.sizes import read
from campaigns.domain.pictures.store import keep, keep_paper, use

SHOWN_AT = "isfahan-vilcher"
SIZE = 1280, 860
_WALL, _FLOOR, _TAPE, _DARK = "#efe3cf", "#b89b73", "#d9b87f", "#5b4630"
_BOXES = ("#a9793f", "#8a5a2b", "#b5854a")


def write_blocks(campaign: Campaign, author: User, data_dir: Path) -> None:
    """Only one campaign has any."""
    if campaign.slug != SHOWN_AT:
        return
    boxes, van = (_picture(campaign, author, data_dir, loaded) for loaded in (False, True))
    licence = keep_paper(campaign.public_id, paper("Licence of this campaign (sample)"), author, data_dir)
    use([boxes, van, licence.public_id])
    shown = [
        _shown(
            boxes,
            ("پنج کارتن ویلچر روی هم در انبار", "Five boxed wheelchairs in a store"),
            ("پیش از بار زدن", "Before loading"),
        ),
        _shown(
            van,
            ("وانتی بی‌نشان با سه کارتن", "A plain van with three boxes"),
            ("در راه خانه‌ها", "On the way to homes"),
        ),
    ]
    blocks = [
        _quote(),
        begun(
            BlockKind.GALLERY,
            {"heading": _pair("از انبار تا درِ خانه", "From store to door"), "pictures": shown},
        ),
        begun(BlockKind.COSTS, {"intro": _pair("", "")}),
        begun(
            BlockKind.DOCUMENTS,
            {
                "heading": _pair("مدارک پویش", "Documents"),
                "papers": [
                    {"paper": licence.public_id, "title": _pair("مجوز پویش (نمونه)", "Licence (sample)")}
                ],
            },
        ),
    ]
    save_part(campaign, Part.BLOCKS, {"blocks": blocks}, author)


def _quote() -> Block:
    agreed_on = tehran_day(now()) - timedelta(days=3)
    words = {
        "words": _pair(
            "آمدند خانه و اندازه گرفتند. این ویلچر را برای من ساخته‌اند.",
            "They came and measured. This chair was made for me.",
        ),
        "role": _pair("کسی که ویلچرش رسیده است", "somebody whose chair has come"),
        "consent": {"how": How.WRITTEN.value, "on": agreed_on.isoformat()},
    }
    return begun(BlockKind.QUOTE, words)


def _shown(name: str, alt: tuple[str, str], caption: tuple[str, str]) -> dict[str, Any]:
    return {
        "picture": name,
        "decoration": False,
        "alt": _pair(*alt),
        "caption": _pair(*caption),
        "seen": Seen.NOBODY.value,
        "consent": None,
    }


def _pair(persian: str, english: str) -> dict[str, str]:
    return {"fa": persian, "en": english}


def _picture(campaign: Campaign, author: User, data_dir: Path, loaded: bool) -> str:
    sent = BytesIO()
    _drawn(loaded).save(sent, "PNG")
    return keep(campaign.public_id, read(sent.getvalue()), author, data_dir).public_id


def _drawn(loaded: bool) -> Image.Image:
    """A drawing: boxes on a floor, or on a van."""
    picture = Image.new("RGB", SIZE, _WALL)
    pen, (wide, high) = ImageDraw.Draw(picture), SIZE
    floor = high - 170
    pen.rectangle((0, floor, wide, high), fill=_FLOOR)
    if loaded:
        pen.rounded_rectangle((150, floor - 90, 1130, floor - 30), 20, fill="#f6f6f2")
        pen.rounded_rectangle((150, floor - 330, 430, floor - 60), 40, fill="#f6f6f2")
        pen.rounded_rectangle((190, floor - 290, 350, floor - 180), 18, fill="#8fb0bd")
        for wheel in (300, 940):
            pen.ellipse((wheel - 75, floor - 85, wheel + 75, floor + 65), fill="#333")
            pen.ellipse((wheel - 32, floor - 42, wheel + 32, floor + 22), fill="#bbb")
    places = (
        [(470, 90), (690, 90), (910, 90)]
        if loaded
        else [(120, 0), (480, 0), (840, 0), (250, 240), (640, 240)]
    )
    for number, (start, up) in enumerate(places):
        _box(pen, start, floor - up, 190 if loaded else 300, _BOXES[number % len(_BOXES)])
    return picture


def _box(pen: ImageDraw.ImageDraw, start: int, bottom: int, wide: int, colour: str) -> None:
    high = wide * 3 // 4
    pen.rectangle((start, bottom - high, start + wide, bottom), fill=colour, outline=_DARK, width=3)
    middle = start + wide // 2
    pen.rectangle((middle - 16, bottom - high, middle + 16, bottom), fill=_TAPE)
