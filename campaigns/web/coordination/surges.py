"""Calls in a crisis: opening one, who came, closing it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import SelectField
from wtforms.validators import ValidationError

from campaigns.base.extensions import csrf, db
from campaigns.base.fields import LineField, TextField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.slugs import is_slug
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import by_slug, where_is
from campaigns.domain.volunteers import queries, surges
from campaigns.domain.volunteers.errors import Refused
from campaigns.domain.volunteers.surge_models import Surge
from campaigns.web.coordination.reach import my_provinces, page_number, reach
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("surges", __name__)


class SurgeForm(StaffForm):
    title_fa = LineField(_l("Title in Persian"), [required(_l("Write a title"))], longest=120)
    title_en = LineField(_l("Title in English"), longest=120, language="en")
    slug = LineField(
        _l("Address"),
        [required(_l("Write the last part of the address"))],
        longest=60,
        language="en",
        description=_l("The last part of its address, in small Latin letters, such as flood-kerman"),
    )
    about_fa = TextField(_l("What is needed, in Persian"), longest=1000)
    about_en = TextField(_l("What is needed, in English"), longest=1000, language="en")
    province = SelectField(_l("Province"))
    campaign = LineField(
        _l("Or for a campaign"), longest=60, language="en", description=_l("The last part of its address")
    )

    def validate_slug(self, field: LineField) -> None:
        if field.data and not is_slug(field.data):
            raise ValidationError(_("Use small Latin letters, digits and hyphens."))

    def chosen_campaign(self) -> Campaign | None:
        """The campaign that was named; what is wrong with it stands beside its field."""
        if not self.campaign.data:
            return None
        found = by_slug(self.campaign.data)
        if found is None or not may(current_user.id, Permission.COORDINATE, where_is(found)):
            self.campaign.errors = [_("No campaign within your reach has this address.")]
            return None
        return found


@page.get("/calls")
@needs(Permission.COORDINATE)
def index() -> ResponseReturnValue:
    return _page(_form(formdata=None))


@page.post("/calls")
@needs(Permission.COORDINATE)
def begin() -> ResponseReturnValue:
    form = _form()
    good = form.validate()
    campaign = form.chosen_campaign()
    if not good or form.problems():
        return _page(form), 422
    surge = Surge(
        slug=form.slug.data,
        title_fa=form.title_fa.data,
        title_en=form.title_en.data or "",
        about_fa=form.about_fa.data or "",
        about_en=form.about_en.data or "",
        campaign_id=campaign.id if campaign else None,
        province_code=None if campaign else form.province.data,
    )
    try:
        surges.open_call(surge, current_user)
    except Refused:
        form.slug.errors = [_("This address is used already.")]
        return _page(form), 422
    db.session.commit()
    return redirect(url_for("coordination.surges.show", surge=surge.public_id), 303)


@page.get("/calls/<surge>")
@needs(Permission.COORDINATE)
def show(surge: str) -> ResponseReturnValue:
    found = _found(surge)
    number = page_number(request.args.get("page", "1"))
    rows, total = surges.answers_of(found, reach(), number)
    if number > 1 and not rows:
        abort(404)
    return render_template(
        "coordination/surge.html",
        surge=found,
        rows=rows,
        total=total,
        page_number=number,
        pages=-(-total // queries.PAGE),
    )


@page.post("/calls/<surge>/close")
@needs(Permission.COORDINATE)
def close(surge: str) -> ResponseReturnValue:
    csrf.protect()
    surges.close_call(_found(surge))
    db.session.commit()
    flash(_("The call is closed: its page says that enough have come."), "ok")
    return redirect(url_for("coordination.surges.show", surge=surge), 303)


def _found(public_id: str) -> Surge:
    return surges.one(reach(), public_id) or abort(404)


def _form(**kwargs: object) -> SurgeForm:
    form = SurgeForm(**kwargs)
    english = language().code == "en"
    form.province.choices = choices(
        (one.code, one.name_en if english else one.name_fa) for one in my_provinces()
    )
    return form


def _page(form: SurgeForm) -> str:
    return render_template(
        "coordination/surges.html", rows=surges.calls(reach()), form=form, problems=form.problems()
    )
