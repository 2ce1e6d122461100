"""Files of finance: gifts, the book, refunds, settlements, review items, as CSV or XLSX; and who took which."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select
from wtforms import RadioField
from wtforms.validators import ValidationError

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.fields import choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.access import may, scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import in_scope
from campaigns.domain.exports.queries import newest
from campaigns.domain.insights.export_rows import Wanted, every_row
from campaigns.web.datafile import TYPES
from campaigns.web.datafile import download as download_file
from campaigns.web.days import DayField, example_day
from campaigns.web.finance.export_sheets import SHEETS, Eyes
from campaigns.web.finance.holders import holders
from campaigns.web.guards import needs

page = Blueprint("exports", __name__)


class ExportForm(StaffForm):
    kind = RadioField(
        _l("What"), [required(_l("Choose what you want to take with you"))], validate_choice=False
    )
    format = RadioField(
        _l("As"),
        [required(_l("Choose the kind of file"))],
        choices=choices([("csv", _l("CSV, for programs")), ("xlsx", _l("Spreadsheet (XLSX), for people"))]),
        default="xlsx",
        validate_choice=False,
    )
    first = DayField(_l("From day"))
    last = DayField(_l("To day"))

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.kind.choices = choices([(name, sheet.label) for name, sheet in SHEETS.items()])

    def validate_kind(self, field: RadioField) -> None:
        if field.data not in SHEETS:
            raise ValidationError(_("Choose what you want to take with you"))

    def validate_format(self, field: RadioField) -> None:
        if field.data not in TYPES:
            raise ValidationError(_("Choose the kind of file"))

    def validate_last(self, field: DayField) -> None:
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_("The last day comes no earlier than the first."))


@page.get("/exports")
@needs(Permission.SEE_MONEY)
def show() -> ResponseReturnValue:
    return _page(ExportForm())


@page.post("/exports")
@needs(Permission.SEE_MONEY)
def download() -> ResponseReturnValue:
    form = ExportForm()
    if not form.validate():
        return _page(form), 422
    sheet, wanted, eyes = SHEETS[form.kind.data], _wanted(form), _eyes()
    rows = (sheet.line(row, eyes) for row in every_row(db.engine, sheet.read, wanted))
    return download_file(
        f"{form.kind.data}-{tehran_day(now()).isoformat()}",
        str(sheet.label),
        sheet.titles(),
        rows,
        form.format.data,
        user_id=current_user.id,
        kind=form.kind.data,
        first_day=wanted.first,
        last_day=wanted.last,
        personal=sheet.personal and _sees(eyes),
    )


def _wanted(form: ExportForm) -> Wanted:
    scope = scope_of(current_user.id, Permission.SEE_MONEY)
    return Wanted(form.first.data, form.last.data, scope, current_user.id, tuple(holders()))


def _eyes() -> Eyes:
    return Eyes(names=_campaigns(Permission.SEE_GIFTS), codes=_campaigns(Permission.HANDLE_MONEY))


def _campaigns(permission: Permission) -> frozenset[int] | None:
    """Ids of the campaigns where the reader holds this; None: of all."""
    scope = scope_of(current_user.id, permission)
    if scope.everywhere:
        return None
    return frozenset(db.session.scalars(in_scope(select(Campaign.id), scope, current_user.id)))


def _sees(eyes: Eyes) -> bool:
    return eyes.names is None or eyes.codes is None or bool(eyes.names or eyes.codes)


def _page(form: ExportForm) -> str:
    sees_all = may(current_user.id, Permission.SEE_LOG)
    return render_template(
        "finance/exports.html",
        form=form,
        rows=newest(None if sees_all else current_user.id),
        sees_all=sees_all,
        sheets=SHEETS,
        example=example_day(),
    )
