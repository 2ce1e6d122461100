"""The forms of blocks, one a kind. Each knows how its block looks as plain data (`domain.campaigns.block_kinds`)."""

from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import ValidationError

from campaigns.base.clock import now
from campaigns.base.fields import LineField, TextField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.jalali import tehran_day
from campaigns.base.personal import personal_number
from campaigns.domain.campaigns.block_kinds import PLACED, Block, BlockKind
from campaigns.domain.pictures.consent import HOW_LABELS
from campaigns.web.days import DayField

_HEADING = 120


def impersonal(_form: Any, field: Any) -> None:
    """No number that leads to one person."""
    if personal_number(field.data or ""):
        raise ValidationError(
            _("Take out the number: telephone numbers, national codes and cards lead to a person.")
        )


def not_later(_form: Any, field: Any) -> None:
    if field.data and field.data > tehran_day(now()):
        raise ValidationError(_("This day is still to come."))


class BlockForm(StaffForm):
    """`version` tells which version of the block the form began with."""

    version = HiddenField()

    def values(self) -> dict[str, Any]:
        raise NotImplementedError

    def pair(self, name: str) -> dict[str, str]:
        return {code: self[f"{name}_{code}"].data or "" for code in ("fa", "en")}


class StoryBlock(BlockForm):
    heading_fa = LineField(_l("Heading in Persian"), longest=_HEADING)
    heading_en = LineField(_l("Heading in English"), longest=_HEADING, language="en")
    text_fa = TextField(_l("Text in Persian"), [required(_l("Write the text"))], longest=4000)
    text_en = TextField(_l("Text in English"), longest=4000, language="en")

    def values(self) -> dict[str, Any]:
        return {"heading": self.pair("heading"), "text": self.pair("text")}


class QuoteBlock(BlockForm):
    words_fa = TextField(
        _l("What was said, in Persian"),
        [required(_l("Write what was said")), impersonal],
        longest=600,
        description=_l("In their own words, without quotation marks."),
    )
    words_en = TextField(_l("What was said, in English"), [impersonal], longest=600, language="en")
    role_fa = LineField(
        _l("Who says it, in Persian"),
        [impersonal],
        longest=80,
        description=_l("A role, never a name: “a mother in Bam”. Only where the speaker has agreed to it."),
    )
    role_en = LineField(_l("Who says it, in English"), [impersonal], longest=80, language="en")
    how = SelectField(_l("How the speaker agreed"), choices=choices([("", "—"), *HOW_LABELS.items()]))
    agreed_on = DayField(_l("Day of the agreement"), [not_later])

    def validate_how(self, field: SelectField) -> None:
        if (self.role_fa.data or self.role_en.data) and not field.data:
            raise ValidationError(_("Say how the speaker agreed, or take out who says it."))

    def validate_agreed_on(self, field: DayField) -> None:
        if self.how.data and field.data is None and not field.errors:
            raise ValidationError(_("Write the day the speaker agreed."))

    def validate_role_en(self, field: LineField) -> None:
        if field.data and not self.role_fa.data:
            raise ValidationError(_("Write it in Persian as well."))

    def values(self) -> dict[str, Any]:
        agreed = {"how": self.how.data, "on": self.agreed_on.data.isoformat()} if self.how.data else None
        return {"words": self.pair("words"), "role": self.pair("role"), "consent": agreed}


class PlacedBlock(BlockForm):
    intro_fa = TextField(_l("Words before it, in Persian"), longest=600)
    intro_en = TextField(_l("Words before it, in English"), longest=600, language="en")

    def values(self) -> dict[str, Any]:
        return {"intro": self.pair("intro")}


class VideoBlock(BlockForm):
    title_fa = LineField(_l("Title in Persian"), [required(_l("Write a title"))], longest=_HEADING)
    title_en = LineField(_l("Title in English"), longest=_HEADING, language="en")
    url = LineField(
        _l("Address of the video"),
        [required(_l("Write the address of the video"))],
        longest=300,
        language="en",
        description=_l("The page shows a link with the name of that site; nothing of it is loaded here."),
    )

    def validate_url(self, field: LineField) -> None:
        if not _is_web_address(field.data or ""):
            raise ValidationError(_("Write the whole address, from https:// on."))

    def values(self) -> dict[str, Any]:
        return {"title": self.pair("title"), "url": self.url.data}


class GalleryBlock(BlockForm):
    """Its pictures have forms of their own."""

    heading_fa = LineField(_l("Heading in Persian"), longest=_HEADING)
    heading_en = LineField(_l("Heading in English"), longest=_HEADING, language="en")

    def values(self) -> dict[str, Any]:
        return {"heading": self.pair("heading")}


FORMS: dict[BlockKind, type[BlockForm]] = {
    BlockKind.STORY: StoryBlock,
    BlockKind.QUOTE: QuoteBlock,
    BlockKind.GALLERY: GalleryBlock,
    BlockKind.VIDEO: VideoBlock,
    BlockKind.DOCUMENTS: GalleryBlock,
} | dict.fromkeys(PLACED, PlacedBlock)

BEGINNINGS: dict[BlockKind, dict[str, Any]] = {
    BlockKind.GALLERY: {"pictures": []},
    BlockKind.DOCUMENTS: {"papers": []},
}
"""What a new block of these kinds has besides what its form says."""


def shown_in_form(block: Block) -> dict[str, Any]:
    """The values of a block as its form names them."""
    flat: dict[str, Any] = {}
    for name, value in block.items():
        if name == "consent":
            continue
        if isinstance(value, dict):
            flat |= {f"{name}_{code}": text for code, text in value.items()}
        elif isinstance(value, str):
            flat[name] = value
    return flat


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        known = bool(parts.hostname) and "." in (parts.hostname or "") and (parts.port or 443) > 0
    except ValueError:
        return False
    return parts.scheme in {"https", "http"} and known and not parts.username and " " not in text
