"""The specialities volunteers choose from: added, renamed, offered no more. Nothing is deleted: people have them."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.validators import ValidationError

from campaigns.base.extensions import csrf, db
from campaigns.base.fields import LineField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.slugs import suggest
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.volunteers import specialities
from campaigns.domain.volunteers.errors import Refused
from campaigns.domain.volunteers.profile_models import Speciality
from campaigns.domain.volunteers.words import DIVISION_LABELS, Division
from campaigns.web.guards import must, needs

page = Blueprint("specialities", __name__)


class SpecialityForm(StaffForm):
    division = SelectField(_l("Division"), choices=choices(DIVISION_LABELS.items()))
    name_fa = LineField(_l("Name in Persian"), [required(_l("Write the name in Persian"))], longest=80)
    name_en = LineField(
        _l("Name in English"), [required(_l("Write the name in English"))], longest=80, language="en"
    )
    needs_licence = BooleanField(_l("Needs a licence"))

    def validate_name_en(self, field: LineField) -> None:
        if field.data and not suggest(field.data):
            raise ValidationError(_("Write the name in Latin letters."))


@page.get("/specialities")
@needs(Permission.KEEP_SPECIALITIES)
def show() -> ResponseReturnValue:
    must(Permission.KEEP_SPECIALITIES)
    return _page(SpecialityForm(formdata=None))


@page.post("/specialities")
@needs(Permission.KEEP_SPECIALITIES)
def add() -> ResponseReturnValue:
    must(Permission.KEEP_SPECIALITIES)
    form = SpecialityForm()
    if not form.validate():
        return _page(form), 422
    names = {"name_fa": form.name_fa.data, "name_en": form.name_en.data}
    try:
        specialities.add(
            code=suggest(form.name_en.data)[:40].strip("-"),
            division=Division(form.division.data),
            needs_licence=bool(form.needs_licence.data),
            **names,
        )
    except Refused:
        form.name_en.errors = [_("There is one of this name already.")]
        return _page(form), 422
    db.session.commit()
    flash(_("It is offered to volunteers now."), "ok")
    return redirect(url_for("coordination.specialities.show"), 303)


@page.post("/specialities/standard")
@needs(Permission.KEEP_SPECIALITIES)
def begin() -> ResponseReturnValue:
    """The list a network begins with."""
    csrf.protect()
    must(Permission.KEEP_SPECIALITIES)
    specialities.add_standard()
    db.session.commit()
    return redirect(url_for("coordination.specialities.show"), 303)


@page.get("/specialities/<speciality>")
@needs(Permission.KEEP_SPECIALITIES)
def edit(speciality: str) -> ResponseReturnValue:
    row = _found(speciality)
    return _edit_page(row, SpecialityForm(formdata=None, obj=row))


@page.post("/specialities/<speciality>")
@needs(Permission.KEEP_SPECIALITIES)
def change(speciality: str) -> ResponseReturnValue:
    row, form = _found(speciality), SpecialityForm()
    if not form.validate():
        return _edit_page(row, form), 422
    row.division, row.needs_licence = form.division.data, bool(form.needs_licence.data)
    row.name_fa, row.name_en = form.name_fa.data, form.name_en.data
    db.session.commit()
    flash(_("Changed."), "ok")
    return redirect(url_for("coordination.specialities.show"), 303)


@page.post("/specialities/<speciality>/<any(offer, rest):step>")
@needs(Permission.KEEP_SPECIALITIES)
def switch(speciality: str, step: str) -> ResponseReturnValue:
    csrf.protect()
    _found(speciality).is_active = step == "offer"
    db.session.commit()
    return redirect(url_for("coordination.specialities.show"), 303)


def _found(code: str) -> Speciality:
    must(Permission.KEEP_SPECIALITIES)
    return next((one for one in specialities.every() if one.code == code), None) or abort(404)


def _page(form: SpecialityForm) -> str:
    return render_template(
        "coordination/specialities.html",
        rows=specialities.every(),
        divisions=DIVISION_LABELS,
        form=form,
        problems=form.problems(),
    )


def _edit_page(row: Speciality, form: SpecialityForm) -> str:
    return render_template("coordination/speciality.html", row=row, form=form, problems=form.problems())
