"""Files of finance: gifts, the book, refunds, settlements, review items, as CSV or XLSX; and who took which.

A file is written to disk row by row, logged with its checksum, then sent. Nothing stays on disk.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import file_digest
from os import SEEK_END
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select
from wtforms import RadioField
from wtforms.validators import ValidationError

from campaigns.base.clock import now
from campaigns.base.csvsafe import rows_as_csv
from campaigns.base.extensions import db
from campaigns.base.fields import choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.jalali import tehran_day
from campaigns.base.xlsx import write_xlsx
from campaigns.domain.accounts.access import may, scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import in_scope
from campaigns.domain.exports.models import Export
from campaigns.domain.exports.queries import newest
from campaigns.domain.insights.export_rows import Wanted, every_row
from campaigns.web.days import DayField, example_day
from campaigns.web.finance.export_sheets import SHEETS, Eyes, Sheet
from campaigns.web.finance.holders import holders
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("exports", __name__)
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PIECE = 64 * 1024


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
    log = {"user_id": current_user.id, "kind": form.kind.data, "format": form.format.data}
    log |= {"first_day": wanted.first, "last_day": wanted.last, "personal": sheet.personal and _sees(eyes)}
    db.session.rollback()  # the file is read in transactions of its own: nobody waits for it
    file = TemporaryFile()  # noqa: SIM115 - closed once it is sent
    try:
        rows = (sheet.line(row, eyes) for row in every_row(db.engine, sheet.read, wanted))
        number = _write(file, form.format.data, sheet, rows)
        log |= {"rows": number, "size": file.seek(0, SEEK_END), "sha256": _checksum(file)}
        db.session.add(Export(**log))
        db.session.commit()
    except BaseException:
        file.close()
        raise
    return _sent(file, f"{log['kind']}-{tehran_day(now()).isoformat()}.{log['format']}", log)


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


def _write(file: BinaryIO, kind: str, sheet: Sheet, rows: Iterable[Sequence[object]]) -> int:
    if kind == "xlsx":
        return write_xlsx(file, str(sheet.label), sheet.titles(), rows, rtl=language().dir == "rtl")
    lines = 0
    for line in rows_as_csv(_headed(sheet, rows)):
        file.write(line.encode())
        lines += 1
    return lines - 1


def _headed(sheet: Sheet, rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    yield sheet.titles()
    yield from rows


def _checksum(file: BinaryIO) -> bytes:
    file.seek(0)
    return file_digest(file, "sha256").digest()


def _sent(file: BinaryIO, name: str, log: dict[str, Any]) -> Response:
    file.seek(0)
    answer = Response(_pieces(file), content_type=TYPES[log["format"]], direct_passthrough=True)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Checksum-SHA256"] = log["sha256"].hex()
    answer.content_length = log["size"]
    return answer


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


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
