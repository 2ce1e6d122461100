"""Blocks of a campaign as an organizer would have written them."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.block_kinds import Blocks
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.pictures.consent import Agreed, Allows, How, Seen, note
from campaigns.domain.pictures.models import Paper, Picture
from campaigns.domain.pictures.sizes import read
from campaigns.domain.pictures.store import keep, keep_paper

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PLACE_TAG = 0x8825


@dataclass(frozen=True)
class Made:
    blocks: Blocks
    picture: Picture
    paper: Paper


def photo(size: tuple[int, int] = (1000, 700), form: str = "JPEG") -> bytes:
    """What a telephone sends: something to see, the camera, and a place."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of Mina"
    exif[PLACE_TAG] = {1: "N", 2: (30.0, 17.0, 0.0)}
    picture, sent = Image.new("RGB", size, "#c8b08a"), BytesIO()
    ImageDraw.Draw(picture).ellipse((0, 0, size[0] // 2, size[1] // 2), fill="#0c6240")
    picture.save(sent, form, exif=exif)
    return sent.getvalue()


def pair(persian: str, english: str = "") -> dict[str, str]:
    return {"fa": persian, "en": english}


def one_of_each(campaign: Campaign, author: User, data_dir: Path) -> Made:
    """Not saved yet: a list of blocks, one of each kind, with a picture in which somebody is seen."""
    picture = keep(campaign.public_id, read(photo()), author, data_dir)
    paper = keep_paper(campaign.public_id, PDF, author, data_dir)
    agreed = Agreed(Seen.ADULTS, "استاد نجار", How.WRITTEN, date(2026, 10, 1), Allows.CAMPAIGN)
    consent = note(picture, agreed, author).public_id
    return Made([*_words(), *_files(picture, paper, consent), *_placed()], picture, paper)


def _words() -> Blocks:
    return [
        {
            "id": "story001",
            "kind": "story",
            "heading": pair("کارگاه", "The workshop"),
            "text": pair("هر **صندوق** همین‌جا ساخته می‌شود."),
        },
        {
            "id": "quote001",
            "kind": "quote",
            "words": pair("خانه‌مان گرم شد.", "Our home is warm now."),
            "role": pair("مادر یک عروس"),
            "consent": {"how": "written", "on": "2026-10-02"},
        },
        {
            "id": "video001",
            "kind": "video",
            "title": pair("یک روز در کارگاه"),
            "url": "https://www.video.example/watch?v=1",
        },
    ]


def _files(picture: Picture, paper: Paper, consent: str) -> list[dict[str, Any]]:
    item = {
        "picture": picture.public_id,
        "decoration": False,
        "alt": pair("ده اجاق در انبار", "Ten stoves in a store"),
        "caption": pair("آمادهٔ فرستادن"),
        "seen": "adults",
        "consent": consent,
    }
    title = pair("مجوز پویش", "Licence")
    return [
        {"id": "gallery1", "kind": "gallery", "heading": pair("از نزدیک"), "pictures": [item]},
        {
            "id": "papers01",
            "kind": "documents",
            "heading": pair(""),
            "papers": [{"paper": paper.public_id, "title": title}],
        },
    ]


def _placed() -> Blocks:
    return [
        {"id": f"{kind}0001"[:8], "kind": kind, "intro": pair("")}
        for kind in ("costs", "needs", "roles", "faq", "update")
    ]
