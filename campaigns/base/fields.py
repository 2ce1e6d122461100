"""Fields that clean what was typed, and validators whose words say what to do, for digits of any script."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from wtforms import Field, PasswordField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError

from campaigns.base.digits import grouped, in_script, to_ascii
from campaigns.base.languages import DEFAULT
from campaigns.base.text import clean, hidden_marks

LONGEST_LINE = 200
LONGEST_TEXT = 20_000
LARGEST_NUMBER = 10**12

Validator = Callable[[Any, Any], None]


class LineField(StringField):  # type: ignore[misc]
    """One line of text, cleaned; at most `longest` characters. `language` says whose letters are right.

    `hidden_marks` remembers what was taken out that nobody could see.
    """

    lines = False
    hidden_marks: Mapping[str, int] = {}

    def __init__(
        self,
        label: Any = None,
        validators: Iterable[Validator] = (),
        *,
        longest: int = LONGEST_LINE,
        language: str = DEFAULT,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, [*validators, max_length(longest)], **kwargs)
        self.longest = longest
        self.language = language

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[0]) if valuelist else ""
        self.data, self.hidden_marks = clean(typed, self.language, lines=self.lines), hidden_marks(typed)


class TextField(LineField, TextAreaField):  # type: ignore[misc]
    """Paragraphs of text, cleaned, line breaks kept; at most `longest` characters."""

    lines = True
    widget = TextAreaField.widget

    def __init__(
        self,
        label: Any = None,
        validators: Iterable[Validator] = (),
        *,
        longest: int = LONGEST_TEXT,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, longest=longest, **kwargs)
        self.type = "TextAreaField"  # what the field macro asks for


class NumberField(StringField):  # type: ignore[misc]
    """A whole number from 0 up, in any digits and with separators. `data` is an int, or None when it is none.

    What was typed stays in the control when it cannot be read.
    """

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        typed = clean(str(valuelist[0])) if valuelist else ""
        digits = "".join(char for char in to_ascii(typed) if char not in " ,٬،'_\u200c")
        if not digits:
            return
        if not (digits.isascii() and digits.isdigit()):
            raise ValueError(_("Write a whole number, with digits only."))
        if len(digits) > len(str(LARGEST_NUMBER)) or int(digits) > LARGEST_NUMBER:
            raise ValueError(_("This number is too large."))
        self.data = int(digits)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else _shown(self.data)


class PhoneField(LineField):
    """A telephone number, kept in ASCII digits and shown in the reader's."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = to_ascii(self.data)

    def _value(self) -> str:
        return in_script(str(super()._value()), _language())


class SecretField(PasswordField):  # type: ignore[misc]
    """A password as it was typed: not cleaned, never shown again, of bounded length."""

    def __init__(
        self, label: Any = None, validators: Iterable[Validator] = (), *, longest: int = 200, **kwargs: Any
    ) -> None:
        super().__init__(label, [*validators, max_length(longest)], **kwargs)
        self.type = "PasswordField"  # what the field macro asks for

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = str(valuelist[0]) if valuelist else ""


def choices(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """What a select, radio or checkbox field offers: pairs of a value and its words."""
    return [SelectChoice(value, label) for value, label in pairs]


def required(message: Any) -> Validator:
    """The field must say something; `message` tells what («Enter your name»). A message of its own stays."""

    def check(_form: Any, field: Field) -> None:
        empty = field.data is None or field.data == [] or not str(field.data).strip()
        if empty and not field.errors:
            raise StopValidation(str(message))
        if empty:
            raise StopValidation

    return check


def optional() -> Validator:
    """Nothing typed: the validators after this one are not asked."""

    def check(_form: Any, field: Field) -> None:
        if not field.data and not field.errors:
            raise StopValidation

    return check


def max_length(longest: int) -> Validator:
    """At most `longest` characters; the error says how many are too many."""

    def check(_form: Any, field: Field) -> None:
        extra = len(field.data or "") - longest
        if extra > 0:
            sentence = ngettext(
                "Shorten this by %(extra)s character: at most %(longest)s fit.",
                "Shorten this by %(extra)s characters: at most %(longest)s fit.",
                extra,
                extra=_shown(extra),
                longest=_shown(longest),
            )
            raise ValidationError(sentence)

    return check


def between(least: int, most: int) -> Validator:
    """A number from `least` to `most`, both included. Says nothing about a missing number."""

    def check(_form: Any, field: Field) -> None:
        if field.data is not None and not least <= field.data <= most:
            sentence = _("Write a number from %(least)s to %(most)s.", least=_shown(least), most=_shown(most))
            raise ValidationError(sentence)

    return check


def _shown(number: int) -> str:
    return grouped(number, _language())


def _language() -> str:
    locale = get_locale()
    return str(locale.language) if locale else DEFAULT
