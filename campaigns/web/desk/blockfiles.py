"""What the page of one block shows of its pictures and papers, and the small forms by which they are sent."""

from typing import Any

from flask import current_app, request
from flask_babel import lazy_gettext as _l
from wtforms import FileField

from campaigns.base.fields import LineField, required
from campaigns.base.forms import StaffForm
from campaigns.config import Settings
from campaigns.domain.campaigns.block_kinds import MOST_PAPERS, MOST_PICTURES, Block
from campaigns.domain.campaigns.block_page import ShownPaper, ShownPicture, drawn
from campaigns.domain.pictures.painting import MOST_BYTES

MOST_SENT = MOST_BYTES + 64 * 1024
_BROKEN = _l("This file cannot be opened. Choose another one.")
PICTURE_REFUSALS: dict[str, Any] = {
    "missing": _l("Choose the picture"),
    "empty": _BROKEN,
    "broken": _BROKEN,
    "large": _l("This file is larger than five megabytes. Choose a smaller one."),
    "pixels": _l("This picture is too large. Choose a smaller one."),
    "small": _l("This picture is too small to be seen on a page."),
    "kind": _l("This is no picture that can be shown: JPEG, PNG or WebP are."),
    "withdrawn": _l(
        "Somebody who is seen in this picture has withdrawn their consent. It is not shown again."
    ),
    "many": _l("Six pictures are enough for one block. Remove one, or add another block."),
}
PAPER_REFUSALS: dict[str, Any] = PICTURE_REFUSALS | {
    "missing": _l("Choose the file"),
    "kind": _l("Only PDF files can be added here."),
    "many": _l("Six documents are enough for one block. Remove one, or add another block."),
}


class PictureUpload(StaffForm):
    file = FileField(
        _l("Picture"),
        description=_l(
            "JPEG, PNG or WebP, up to five megabytes. Place, camera and everything else that came along is "
            "removed. In the next step you say what it shows and who is seen."
        ),
    )


class PaperUpload(StaffForm):
    title_fa = LineField(_l("Title in Persian"), [required(_l("Write a title"))], longest=120)
    title_en = LineField(_l("Title in English"), longest=120, language="en")
    file = FileField(
        _l("Document"),
        description=_l(
            "PDF, up to five megabytes. Look it over first: no names, numbers or signatures of those helped."
        ),
    )


def files_for(block: Block | None, upload: StaffForm | None = None) -> dict[str, Any]:
    """Values of the page of a block with files. `upload`: a form that was sent and is shown again."""
    if block is None or not {"pictures", "papers"} & block.keys():
        return {}
    shown = next(iter(drawn([block], "fa")), None)
    return {
        "pictures": _by_name(shown.pictures if shown else (), block, "picture"),
        "papers": _by_name(shown.papers if shown else (), block, "paper"),
        "upload": upload or (PictureUpload if "pictures" in block else PaperUpload)(formdata=None),
        "full": len(block.get("pictures", ())) >= MOST_PICTURES
        or len(block.get("papers", ())) >= MOST_PAPERS,
    }


def sent() -> bytes | None:
    """The file of the request; None where none was chosen. At most one byte too many is read."""
    file = request.files.get("file")
    return file.stream.read(MOST_BYTES + 1) if file is not None and file.filename else None


def settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def _by_name(shown: Any, block: Block, kind: str) -> list[tuple[dict[str, Any], Any]]:
    """(what is said of it, how it is shown) of each that is there."""
    known: dict[str, ShownPicture | ShownPaper] = {getattr(one, kind).public_id: one for one in shown}
    return [(item, known[item[kind]]) for item in block.get(f"{kind}s", ()) if item[kind] in known]
