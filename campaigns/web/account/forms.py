"""The forms of this door."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField

from campaigns.base.digits import in_script
from campaigns.base.fields import LineField, SecretField, choices, required
from campaigns.base.forms import PublicForm, StaffForm
from campaigns.base.languages import LANGUAGES
from campaigns.domain.accounts.weak import MAX_LENGTH, MIN_LENGTH, Weakness, weakness
from campaigns.web.locale import language


class SignInForm(PublicForm):
    login = LineField(
        _l("E-mail or mobile"), [required(_l("Write your e-mail address or mobile number"))], longest=254
    )
    password = SecretField(_l("Password"), [required(_l("Write your password"))])
    next = HiddenField()


class AskResetForm(PublicForm):
    login = LineField(
        _l("E-mail or mobile"), [required(_l("Write your e-mail address or mobile number"))], longest=254
    )


class NewPasswordForm(PublicForm):
    password = SecretField(_l("New password"), [required(_l("Choose a password"))])


class ChangePasswordForm(StaffForm):
    present = SecretField(_l("Present password"), [required(_l("Write your present password"))])
    password = SecretField(_l("New password"), [required(_l("Choose a password"))])


class CodeForm(PublicForm):
    code = LineField(_l("Code"), [required(_l("Write the code that your app shows now"))], longest=40)


class CodeOfNewAppForm(StaffForm):
    code = LineField(
        _l("The six digits it shows"), [required(_l("Write the code that your app shows now"))], longest=40
    )


class PasskeyForm(StaffForm):
    name = LineField(_l("A name for it"), [required(_l("Give it a name"))], longest=60)
    passkey = HiddenField()


class DetailsForm(StaffForm):
    name = LineField(_l("Name"), [required(_l("Write your name"))], longest=120)
    language = SelectField(
        _l("Language of letters to you"),
        choices=choices((code, item.native_name) for code, item in LANGUAGES.items()),
    )


def is_strong(field: SecretField, about: Iterable[str | None]) -> bool:
    """Whether the new password may be taken; else the field says what to do."""
    weak = weakness(field.data, about)
    if weak is not None:
        field.errors = [_advice(weak)]
    return weak is None


def _advice(weak: Weakness) -> str:
    if weak is Weakness.SHORT:
        return _("Make it longer: at least %(least)s characters.", least=_shown(MIN_LENGTH))
    if weak is Weakness.LONG:
        return _("Make it shorter: at most %(most)s characters.", most=_shown(MAX_LENGTH))
    if weak is Weakness.COMMON:
        return _("Many people use this one. Choose another: three or four words that do not belong together.")
    return _(
        "Your name, e-mail or number is too much of it. Choose something that has nothing to do with you."
    )


def _shown(number: int) -> str:
    return in_script(str(number), language().code)
