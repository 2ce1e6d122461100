"""What is said of a picture: words for those who cannot see it, a caption, who is seen and who agreed."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import StopValidation, ValidationError

from campaigns.base.fields import LineField, choices
from campaigns.base.forms import StaffForm
from campaigns.base.search import fold
from campaigns.domain.pictures.consent import (
    ALLOWS_LABELS,
    HOW_LABELS,
    SEEN_LABELS,
    Agreed,
    Allows,
    How,
    Seen,
)
from campaigns.domain.pictures.models import PictureConsent
from campaigns.web.days import DayField
from campaigns.web.desk.blockforms import impersonal, not_later

WORDS, DECORATION = "words", "decoration"
_NONE = ("", "—")


def chosen(message: Any) -> Any:
    """One of the choices, or this sentence."""

    def check(_form: Any, field: RadioField) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise StopValidation(str(message))

    return check


class PictureForm(StaffForm):
    decided = RadioField(
        _l("For those who cannot see it"),
        [chosen(_l("Decide this: words that say what it shows, or decoration"))],
        choices=choices(
            [
                (WORDS, _l("These words say what it shows")),
                (DECORATION, _l("It is decoration: it tells nothing that the text does not")),
            ]
        ),
        validate_choice=False,
    )
    alt_fa = LineField(
        _l("What it shows, in Persian"),
        [impersonal],
        longest=200,
        description=_l("One sentence, as you would say it on the telephone: “Ten boxed stoves in a store”."),
    )
    alt_en = LineField(_l("What it shows, in English"), [impersonal], longest=200, language="en")
    caption_fa = LineField(_l("Caption in Persian"), [impersonal], longest=200)
    caption_en = LineField(_l("Caption in English"), [impersonal], longest=200, language="en")
    seen = RadioField(
        _l("Who is seen"),
        [chosen(_l("Say whether somebody is seen"))],
        choices=choices(SEEN_LABELS.items()),
        validate_choice=False,
    )
    given_by = LineField(
        _l("Who agreed"),
        [impersonal],
        longest=120,
        description=_l("Everyone who is seen; for children a parent or guardian. Only moderators read this."),
    )
    how = SelectField(_l("How they agreed"), choices=choices([_NONE, *HOW_LABELS.items()]))
    given_on = DayField(_l("Day of the agreement"), [not_later])
    allows = SelectField(_l("To which use"), choices=choices([_NONE, *ALLOWS_LABELS.items()]))
    apart = BooleanField(_l("Nothing on this page tells a child's name together with its place"))

    def __init__(self, *args: Any, places: frozenset[str], **kwargs: Any) -> None:
        """`places`: names of places that may not stand beside children."""
        super().__init__(*args, **kwargs)
        self.places = places

    @property
    def somebody(self) -> bool:
        return self.seen.data in {Seen.ADULTS, Seen.CHILDREN}

    def validate_alt_fa(self, field: LineField) -> None:
        if self.decided.data == WORDS and not field.data:
            raise ValidationError(_("Write what it shows, or choose that it is decoration."))
        if self.decided.data == DECORATION and (field.data or self.alt_en.data):
            raise ValidationError(_("Decoration has no words: take them out, or choose that they are read."))
        self._tells_no_place(field)

    def validate_alt_en(self, field: LineField) -> None:
        self._tells_no_place(field)

    def validate_caption_fa(self, field: LineField) -> None:
        self._tells_no_place(field)

    def validate_caption_en(self, field: LineField) -> None:
        self._tells_no_place(field)

    def validate_given_by(self, field: LineField) -> None:
        if self.somebody and not field.data:
            raise ValidationError(_("Write who agreed. Without consent the picture cannot be shown."))

    def validate_how(self, field: SelectField) -> None:
        if self.somebody and not field.data:
            raise ValidationError(_("Say how they agreed"))

    def validate_given_on(self, field: DayField) -> None:
        if self.somebody and field.data is None and not field.errors:
            raise ValidationError(_("Write the day they agreed"))

    def validate_allows(self, field: SelectField) -> None:
        if self.somebody and not field.data:
            raise ValidationError(_("Say to which use they agreed"))

    def validate_apart(self, field: BooleanField) -> None:
        if self.seen.data == Seen.CHILDREN and not field.data:
            raise ValidationError(
                _("A child is never shown with name and place. Make sure of it and say so.")
            )

    def _tells_no_place(self, field: LineField) -> None:
        if self.seen.data != Seen.CHILDREN:
            return
        told = f" {fold(field.data or '')} "
        for place in sorted(self.places):
            if f" {fold(place)} " in told:
                raise ValidationError(_("A child is seen: take out the place, “%(place)s”.", place=place))

    def agreed(self) -> Agreed | None:
        if not self.somebody:
            return None
        return Agreed(
            Seen(self.seen.data),
            self.given_by.data,
            How(self.how.data),
            self.given_on.data,
            Allows(self.allows.data),
        )

    def item(self, picture: str, consent: str | None) -> dict[str, Any]:
        """The picture as its block names it."""
        return {
            "picture": picture,
            "decoration": self.decided.data == DECORATION,
            "alt": {"fa": self.alt_fa.data or "", "en": self.alt_en.data or ""},
            "caption": {"fa": self.caption_fa.data or "", "en": self.caption_en.data or ""},
            "seen": self.seen.data,
            "consent": consent,
        }


def said_before(item: dict[str, Any] | None, consent: PictureConsent | None) -> dict[str, Any]:
    """The values of the form for a picture that was described before."""
    if item is None:
        return {}
    values = {
        "decided": DECORATION if item["decoration"] else WORDS,
        "seen": item["seen"],
        "apart": item["seen"] == Seen.CHILDREN,
        **{f"alt_{code}": text for code, text in item["alt"].items()},
        **{f"caption_{code}": text for code, text in item["caption"].items()},
    }
    if consent is not None:
        given_on: date = consent.given_on
        values |= {
            "given_by": consent.given_by,
            "how": consent.how,
            "given_on": given_on,
            "allows": consent.allows,
        }
    return values
