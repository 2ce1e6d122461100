"""The log as a file, as it was narrowed down. Taking it along is itself written down, with the file's checksum."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from io import BytesIO

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.clock import now
from campaigns.base.csvsafe import rows_as_csv
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.base.xlsx import write_xlsx
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.exports.models import Export
from campaigns.domain.insights.audit_trail import every_line, people_in
from campaigns.web.audit.listing import TYPES, ExportForm, listing
from campaigns.web.audit.reading import Asked, asked, reach
from campaigns.web.audit.words import line
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("exports", __name__)
MOST = 50_000


@page.post("/export")
@needs(Permission.SEE_AUDIT)
def download() -> ResponseReturnValue:
    form, want = ExportForm(), asked()
    if not form.validate() or want.problem:
        return listing(want, form), 422
    rows = list(_rows(want))
    data = _csv(rows) if form.format.data == "csv" else _xlsx(rows)
    digest = sha256(data).digest()
    db.session.add(
        Export(
            user_id=current_user.id,
            kind="audit",
            format=form.format.data,
            first_day=want.wanted.first,
            last_day=want.wanted.last,
            personal=True,
            rows=len(rows),
            size=len(data),
            sha256=digest,
        )
    )
    db.session.commit()
    answer = Response(data, content_type=TYPES[form.format.data])
    name = f"audit-{tehran_day(now()).isoformat()}.{form.format.data}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Checksum-SHA256"] = digest.hex()
    return answer


def _csv(rows: list[Sequence[object]]) -> bytes:
    return "".join(rows_as_csv([_head(), *rows])).encode()


def _xlsx(rows: list[Sequence[object]]) -> bytes:
    file = BytesIO()
    write_xlsx(file, _("Audit log"), _head(), rows, rtl=language().dir == "rtl")
    return file.getvalue()


def _head() -> list[str]:
    return [
        *(_("When"), _("Who"), _("Roles"), _("Act"), _("What"), _("Belongs to"), _("Public id")),
        *(_("Province"), _("Before"), _("After"), _("Page"), _("Request")),
    ]


def _rows(want: Asked) -> Iterator[Sequence[object]]:
    found = list(every_line(reach(), current_user.id, want.wanted, MOST))
    people = people_in(found)
    for row in found:
        said = line(row, people)
        yield (
            *(row.acted_at.isoformat(timespec="seconds"), said.who, said.roles, said.act, said.what),
            *(row.object_kind, row.object_id, row.province_code or "", row.before, row.after),
            *(row.via, row.request_id),
        )
