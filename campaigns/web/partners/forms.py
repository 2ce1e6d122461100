"""Forms about partners: what is said of an organization, what a memorandum says, why it ends early."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, FileField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from campaigns.base.fields import LineField, PhoneField, TextField, choices, optional, required
from campaigns.base.forms import StaffForm
from campaigns.base.slugs import is_slug
from campaigns.domain.accounts.models import Organization
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.partners.actions import COPY, MOST_BYTES, SIGNED, Terms, is_pdf
from campaigns.domain.partners.models import Memorandum
from campaigns.domain.partners.profiles import MOST_LOGO_BYTES, Name, NotALogo, Said, painted
from campaigns.domain.partners.words import KIND_LABELS
from campaigns.domain.regions.models import Province
from campaigns.domain.volunteers.words import DIVISION_LABELS
from campaigns.web.days import DayField
from campaigns.web.locale import language

_WEBSITE = re.compile(r"https?://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?::\d{2,5})?(?:/[\x21-\x7e]*)?")


class SaidForm(StaffForm):
    """What is said of an organization. `logo_png` is the picture once it was looked at."""

    kind = RadioField(
        _l("Kind of organization"), [required(_l("Choose what it is"))], choices=choices(KIND_LABELS.items())
    )
    license_number = LineField(
        _l("Licence number"), [required(_l("Write the licence number"))], longest=40, language="en"
    )
    about_fa = TextField(
        _l("About it, in Persian"), [required(_l("Write two or three sentences"))], longest=2_000
    )
    about_en = TextField(_l("About it, in English"), longest=2_000, language="en")
    website = LineField(_l("Website"), [optional()], longest=200, language="en")
    logo = FileField(
        _l("Logo"),
        description=_l(
            "PNG, JPEG or WebP, up to 1 MB. It is drawn anew; what is hidden in the file is not kept."
        ),
    )

    logo_png: bytes = b""

    def validate_website(self, field: LineField) -> None:
        if field.data and not _WEBSITE.fullmatch(field.data):
            raise ValidationError(_("Write the whole address, such as https://example.org."))

    def validate_logo(self, _field: FileField) -> None:
        raw = sent_file("logo", MOST_LOGO_BYTES)
        try:
            self.logo_png = painted(raw) if raw else b""
        except NotALogo:
            raise ValidationError(_("Attach a picture: PNG, JPEG or WebP, up to 1 MB.")) from None

    def said(self) -> Said:
        return Said(
            kind=self.kind.data,
            license_number=self.license_number.data,
            about_fa=self.about_fa.data,
            about_en=self.about_en.data,
            website=self.website.data or "",
            logo=self.logo_png,
        )


class OrganizationForm(SaidForm):
    """A new organization with what is said of it."""

    name_fa = LineField(_l("Name in Persian"), [required(_l("Write the name"))], longest=120)
    name_en = LineField(_l("Name in English"), [required(_l("Write the name"))], longest=120, language="en")
    slug = LineField(
        _l("Address"), longest=60, language="en", description=_l("Latin letters, digits and hyphens.")
    )
    phone = PhoneField(_l("Telephone"), [required(_l("Write the telephone number"))], longest=20)
    province = SelectField(_l("Province"))

    def __init__(self, places: Sequence[Province], everywhere: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        english = language().code == "en"
        mine = [(place.code, place.name_en if english else place.name_fa) for place in places]
        self.province.choices = choices([("", _("the whole country")), *mine] if everywhere else mine)

    def validate_slug(self, field: LineField) -> None:
        field.data = (field.data or "").lower()
        if not is_slug(field.data):
            raise ValidationError(_("Use at least three Latin letters, digits or hyphens."))

    def name(self) -> Name:
        return Name(
            self.slug.data, self.name_fa.data, self.name_en.data, self.phone.data, self.province.data or None
        )


class MemorandumForm(StaffForm):
    """What a memorandum says, with its two papers. `papers` are the files that came, by use."""

    house = SelectField(_l("Who signs for us"), [required(_l("Choose who signs"))])
    parties = SelectMultipleField(_l("Partners"))
    subject_fa = LineField(_l("Subject in Persian"), [required(_l("Write the subject"))], longest=160)
    subject_en = LineField(_l("Subject in English"), longest=160, language="en")
    division = RadioField(
        _l("Division"), [required(_l("Choose the division"))], choices=choices(DIVISION_LABELS.items())
    )
    terms_fa = TextField(
        _l("What each side does, in Persian"), [required(_l("Write what each side does"))], longest=4_000
    )
    terms_en = TextField(_l("What each side does, in English"), longest=4_000, language="en")
    starts_on = DayField(_l("First day"), [required(_l("Write the day."))])
    ends_on = DayField(
        _l("Last day"),
        [required(_l("Write the day."))],
        description=_l("It holds until the end of this day."),
    )
    for_network = BooleanField(_l("It stands behind the volunteer network"))
    campaigns = SelectMultipleField(_l("Campaigns it serves"))
    signed = FileField(
        _l("The signed memorandum"),
        description=_l("PDF, up to 5 MB. Kept for the house and its moderators; never public."),
    )
    copy = FileField(
        _l("The copy for everybody"),
        description=_l(
            "PDF, up to 5 MB, with signatures, private numbers and addresses covered. Public once approved."
        ),
    )

    def __init__(
        self,
        houses: Sequence[Organization],
        all_of_them: Sequence[Organization],
        campaigns: Sequence[Campaign],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._houses = {house.slug: house for house in (*all_of_them, *houses)}
        self._campaigns = {campaign.public_id: campaign for campaign in campaigns}
        titles = cards_of([campaign.id for campaign in campaigns], language().code)
        self.house.choices = choices([("", _("Choose…")), *_named(houses)])
        self.parties.choices = choices(_named(all_of_them))
        self.campaigns.choices = choices(
            (campaign.public_id, titles[campaign.id].title or campaign.slug) for campaign in campaigns
        )
        self.papers: dict[str, bytes] = {}

    def validate_parties(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_("Choose one partner at least."))
        if self.house.data in field.data:
            raise ValidationError(_("Who signs for us is no partner of its own."))

    def validate_ends_on(self, field: DayField) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("The last day must not be before the first."))

    def validate_signed(self, _field: FileField) -> None:
        self._look_at(SIGNED, "signed")

    def validate_copy(self, _field: FileField) -> None:
        self._look_at(COPY, "copy")

    def terms(self) -> Terms:
        """What was typed, once the form is valid."""
        plain = "division for_network subject_fa subject_en terms_fa terms_en starts_on ends_on"
        return Terms(
            house=self._houses[self.house.data],
            parties=[self._houses[slug] for slug in self.parties.data],
            campaigns=[self._campaigns[public_id] for public_id in self.campaigns.data or []],
            **{name: getattr(self, name).data for name in plain.split()},
        )

    def _look_at(self, use: str, control: str) -> None:
        raw = sent_file(control, MOST_BYTES)
        if not raw:
            return
        if not is_pdf(raw):
            raise ValidationError(_("Attach a PDF of at most 5 MB."))
        self.papers[use] = raw


class EndForm(StaffForm):
    why = TextField(
        _l("Reason"),
        [required(_l("Write the reason"))],
        longest=500,
        description=_l("Everybody reads it on the page of the memorandum."),
    )


def filled(memorandum: Memorandum) -> dict[str, Any]:
    """The values of a memorandum as its form holds them."""
    same = "subject_fa subject_en terms_fa terms_en division for_network starts_on ends_on"
    return {name: getattr(memorandum, name) for name in same.split()} | {
        "house": memorandum.house.slug,
        "parties": [house.slug for house in memorandum.parties],
        "campaigns": [campaign.public_id for campaign in memorandum.campaigns],
    }


def sent_file(control: str, most: int) -> bytes:
    """What came in a file control; one byte more than `most` tells that it is too large."""
    sent: FileStorage | None = request.files.get(control)
    if sent is None:
        return b""
    raw = sent.stream.read(most + 1)
    sent.close()
    return raw


def _named(houses: Iterable[Organization]) -> list[tuple[str, str]]:
    english = language().code == "en"
    return [(house.slug, house.name_en if english else house.name_fa) for house in houses]
