"""Forms: what every form of the house shares, whoever fills it in.

`PublicForm` needs no session, so the page it stands on is the same for everyone; `web.crosssite` guards it.
`StaffForm` carries a CSRF token as well, for people who are signed in. A token that has run out is an error
like any other: the page comes back with everything that was typed, and a fresh token.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from flask import request
from flask_babel import get_domain
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, FormField

MESSAGES = (
    _l("This field is required."),
    _l("Not a valid choice."),
    _l("Invalid Choice: could not coerce."),
    _l("Not a valid integer value."),
    _l("Not a valid date value."),
    _l("'%(value)s' is not a valid choice for this field."),
    _l("'%(value)s' are not valid choices for this field."),
)
"""What WTForms may say by itself; listed so that the catalogue has it."""

EXPIRED = _l("This page was open for too long. Nothing is lost: look over what you wrote and send it again.")


class Problem(NamedTuple):
    """One line of the error summary: the id of the control it leads to, and what to do."""

    field_id: str
    message: str


class _Words:
    """WTForms' own messages, in the reader's language."""

    def gettext(self, message: str) -> str:
        return str(get_domain().get_translations().ugettext(message))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return str(get_domain().get_translations().ungettext(singular, plural, number))


class PublicForm(FlaskForm):  # type: ignore[misc]
    """A form without a session.

    A POST fills it from the request's form fields (never from JSON, which may hold anything); pass
    `formdata=None` to keep them out.
    """

    class Meta:
        csrf = False

        def get_translations(self, form: FlaskForm) -> _Words:
            return _Words()

    def __init__(self, formdata: Any = ..., **kwargs: Any) -> None:
        if formdata is ...:
            formdata = request.form if request.method == "POST" else None
        super().__init__(formdata=formdata, **kwargs)

    def problems(self) -> list[Problem]:
        """Every error in the order of the page, for the summary."""
        return list(_problems(self))

    def hidden_marks(self) -> dict[str, dict[str, int]]:
        """What nobody could see and was taken out, by field (`base.text.hidden_marks`); rows of a field together."""
        found = {field.short_name: dict(_marks(field)) for field in self}
        return {name: marks for name, marks in found.items() if marks}


class KeptFields(PublicForm.Meta):
    """`Meta` of a form that is sent again and again: its fields are made once and copied for each sender, since making
    them takes longer than reading what was sent. Every field must have a label of its own, and be no form inside.
    """

    _made: dict[tuple[type[FlaskForm], str], Any] = {}

    def bind_field(self, form: FlaskForm, unbound_field: Any, options: dict[str, Any]) -> Any:
        known_by = (type(form), options["prefix"] + options["name"])
        made = self._made.get(known_by)
        if made is None:
            made = self._made[known_by] = unbound_field.bind(form=form, **options)
            made._form = None
        field = object.__new__(type(made))
        field.__dict__.update(
            made.__dict__, _form=form, meta=form.meta, _translations=options["translations"]
        )
        return field


class StaffForm(PublicForm):
    """A form for signed-in people, with a CSRF token bound to their session."""

    class Meta:
        csrf = True


def _problems(form: Any) -> Iterator[Problem]:
    for field in form:
        if isinstance(field, FormField):
            yield from _problems(field.form)
        elif isinstance(field, FieldList):
            yield from _listed(field)
        elif field.name == form.meta.csrf_field_name and field.errors:
            yield Problem("main", str(EXPIRED))
        elif field.errors:
            yield Problem(field.id, str(field.errors[0]))


def _marks(field: Any) -> Counter[str]:
    inner = field.form if isinstance(field, FormField) else field if isinstance(field, FieldList) else None
    if inner is None:
        return Counter(getattr(field, "hidden_marks", {}))
    return sum((_marks(one) for one in inner), Counter())


def _listed(fields: FieldList) -> Iterator[Problem]:
    for entry in fields:
        if isinstance(entry, FormField):
            yield from _problems(entry.form)
        elif entry.errors:
            yield Problem(entry.id, str(entry.errors[0]))
    own = [error for error in fields.errors if isinstance(error, str)]
    yield from (Problem(fields.id, str(error)) for error in own if not _errors_below(fields))


def _errors_below(fields: FieldList) -> bool:
    return any(entry.errors for entry in fields)
