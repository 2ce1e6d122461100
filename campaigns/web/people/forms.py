"""The forms of this door."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField
from wtforms.validators import ValidationError

from campaigns.base.digits import in_script
from campaigns.base.fields import LineField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.languages import LANGUAGES
from campaigns.base.phone import parse_mobile
from campaigns.domain.accounts.access import Scope
from campaigns.domain.accounts.delegation import reaches
from campaigns.domain.accounts.directory import one
from campaigns.domain.accounts.grants import Place
from campaigns.domain.accounts.identity import Login, email_of
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import ROLE_LABELS, Role
from campaigns.domain.accounts.queries import organizations, person
from campaigns.domain.campaigns.queries import at_address
from campaigns.domain.regions.queries import provinces
from campaigns.web.locale import language
from campaigns.web.people.words import COUNTRY, name_of

CAMPAIGN = "campaign"
IN_A_NAME = (Role.ORGANIZER, Role.PROVINCE_DESK)
"""Roles that begin campaigns in the name of an organization."""


class PersonForm(StaffForm):
    """Who somebody is. There is no password in it: the person chooses one."""

    name = LineField(_l("Name"), [required(_l("Write the name"))], longest=120)
    email = LineField(
        _l("E-mail"), longest=254, description=_l("The invitation goes there, and later letters.")
    )
    mobile = LineField(
        _l("Mobile"), longest=40, description=_l("Without an e-mail address you hand the link over yourself.")
    )
    language = SelectField(
        _l("Language of letters to this person"),
        choices=choices((code, item.native_name) for code, item in LANGUAGES.items()),
    )

    def validate_email(self, field: Field) -> None:
        if not field.data and not self.mobile.data:
            raise ValidationError(_("Write an e-mail address or a mobile number."))
        if field.data and email_of(field.data) is None:
            raise ValidationError(
                _("Write the whole address, such as %(address)s", address="nima@example.org")
            )

    def validate_mobile(self, field: Field) -> None:
        if field.data and parse_mobile(field.data) is None:
            example = in_script("0912 345 6789", language().code)
            raise ValidationError(_("Write a mobile number such as %(number)s.", number=example))

    def about(self) -> dict[str, str | None]:
        """What was typed, in the forms it is kept in, once the form is valid."""
        return {
            "name": self.name.data,
            "email": email_of(self.email.data) if self.email.data else None,
            "mobile": parse_mobile(self.mobile.data) if self.mobile.data else None,
            "language": self.language.data,
        }

    def name_twins(self, scope: Scope, user_id: int | None = None) -> None:
        """Says beside the field who else has it, if they are within `scope`; if not, only that somebody does."""
        about = self.about()
        logins = ((self.email, Login(email=about["email"])), (self.mobile, Login(mobile=about["mobile"])))
        for field, login in logins:
            twin = person(login)
            if twin is not None and twin.id != user_id:
                field.errors = [_twin(twin, one(scope, twin.public_id) is not None)]


class RoleForm(StaffForm):
    """A role and where it holds. Offers nothing beyond `scope`."""

    role = SelectField(_l("Role"), [required(_l("Choose a role"))])
    place = SelectField(_l("Where the role holds"), [required(_l("Choose where the role holds"))])
    campaign = LineField(
        _l("Address of the campaign"),
        description=_l("Only for a role on one campaign: the address of its page, or the last part of it."),
    )
    organization = SelectField(
        _l("Whom they work for"),
        description=_l("Only for organizers and province desks: in whose name they write campaigns."),
    )

    def __init__(self, scope: Scope, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._scope = scope
        self._houses = {house.slug: house for house in organizations(scope)}
        self._campaign_id: int | None = None
        nothing = [("", _("Choose…"))]
        houses = [(slug, name_of(house)) for slug, house in self._houses.items()]
        self.role.choices = choices([*nothing, *((role.value, ROLE_LABELS[role]) for role in Role)])
        self.place.choices = choices(_places(scope, nothing))
        self.organization.choices = choices([("", _("nobody in particular")), *houses])

    def validate_campaign(self, field: Field) -> None:
        if self.place.data != CAMPAIGN:
            if field.data:
                raise ValidationError(_("Leave this empty, or choose “on one campaign” above."))
            return
        if not field.data:
            raise ValidationError(_("Write the address of the campaign."))
        campaign = at_address(field.data)
        if campaign is None or not reaches(self._scope, Place(campaign_id=campaign.id)):
            raise ValidationError(
                _("There is no campaign with this address. Copy it from the campaign's page.")
            )
        self._campaign_id = campaign.id

    def validate_organization(self, field: Field) -> None:
        if self.role.data in IN_A_NAME and self.place.data != CAMPAIGN and not field.data:
            raise ValidationError(_("Choose in whose name they write campaigns."))

    def chosen_place(self) -> Place:
        """Where the role is to hold, once the form is valid."""
        code = None if self.place.data in {COUNTRY, CAMPAIGN} else self.place.data
        return Place(code, self._campaign_id)

    def chosen_organization(self) -> int | None:
        house = self._houses.get(self.organization.data)
        return house.id if house and self.role.data in IN_A_NAME else None


class InviteForm(PersonForm, RoleForm):
    """Somebody new, with a first role."""


def _twin(twin: User, is_seen: bool) -> str:
    if is_seen:
        return _("%(name)s has this already. Give the role on their page.", name=twin.name)
    return _("Somebody has an account with this. An administrator of the country can give them the role.")


def _places(scope: Scope, nothing: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    mine = [
        (place.code, name_of(place))
        for place in provinces(language().code)
        if reaches(scope, Place(province_code=place.code))
    ]
    offered: list[tuple[str, Any]] = [*mine, (CAMPAIGN, _("on one campaign"))]
    if scope.everywhere:
        offered.insert(0, (COUNTRY, _("in the whole country")))
    return offered if len(mine) == 1 else [*nothing, *offered]
