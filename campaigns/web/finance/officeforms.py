"""Forms about offices."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import Field, RadioField, SelectField
from wtforms.validators import ValidationError

from campaigns.base.fields import LineField, PhoneField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.access import Where, may
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.counter.models import Office
from campaigns.domain.counter.offices import KIND_LABELS
from campaigns.domain.counter.queries import who_could_work
from campaigns.domain.regions.queries import provinces
from campaigns.web.locale import language

_CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}")
_READER = re.compile(r"[0-9]{4,20}")
PAPERS = {"a5": _l("A5 paper"), "roll": _l("A roll of 80 mm")}


class OfficeForm(StaffForm):
    code = LineField(
        _l("Code"),
        [required(_l("Write a code"))],
        longest=20,
        description=_l(
            "Up to twelve Latin letters and digits, such as KRM1. It stands on every receipt and stays."
        ),
    )
    kind = RadioField(_l("What it is"), [required(_l("Choose what it is"))])
    name_fa = LineField(_l("Name in Persian"), [required(_l("Write the name"))], longest=120)
    name_en = LineField(_l("Name in English"), [required(_l("Write the name"))], longest=120, language="en")
    province = SelectField(_l("Province"), [required(_l("Choose the province"))])
    paper = RadioField(_l("Receipts are printed on"), choices=choices(PAPERS.items()), default="a5")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        words = language().code
        mine = [
            (place.code, place.name_en if words == "en" else place.name_fa)
            for place in provinces(words)
            if may(current_user.id, Permission.HANDLE_MONEY, Where(province_codes=frozenset({place.code})))
        ]
        self.kind.choices = choices((kind.value, label) for kind, label in KIND_LABELS.items())
        self.province.choices = choices(mine if len(mine) == 1 else [("", _("Choose…")), *mine])

    def validate_code(self, field: Field) -> None:
        field.data = (field.data or "").upper()
        if field.data and not _CODE.fullmatch(field.data):
            raise ValidationError(_("Write Latin letters and digits only, a letter first."))


class ClerkForm(StaffForm):
    person = SelectField(_l("Person"), [required(_l("Choose the person"))])

    def __init__(self, office: Office, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.people: dict[str, User] = {user.public_id: user for user in who_could_work(office)}
        named = [(public_id, user.name) for public_id, user in self.people.items()]
        self.person.choices = choices([("", _("Choose…")), *named])


class ReaderForm(StaffForm):
    number = PhoneField(
        _l("Number of the card reader"), longest=40, description=_l("The terminal number on its slips.")
    )

    def validate_number(self, field: Field) -> None:
        if not _READER.fullmatch(field.data or ""):
            raise ValidationError(_("Write the terminal number, 4 to 20 digits."))


class WhyForm(StaffForm):
    why = LineField(_l("Reason"), [required(_l("Write the reason"))], longest=300)
