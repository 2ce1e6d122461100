"""The volunteers of one's provinces as a CSV file, logged with its checksum."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.clock import now
from campaigns.base.csvsafe import rows_as_csv
from campaigns.base.extensions import db
from campaigns.base.forms import StaffForm
from campaigns.base.jalali import said, tehran_day
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.exports.models import Export
from campaigns.domain.volunteers.exporting import every_volunteer
from campaigns.domain.volunteers.profile_models import Speciality, Volunteer
from campaigns.domain.volunteers.words import SLOT_LABELS, STATE_LABELS, State, slots_of
from campaigns.web.coordination.reach import reach
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("exports", __name__)


class ExportForm(StaffForm):
    """A button: the file is made only on purpose."""


@page.get("/export")
@needs(Permission.COORDINATE)
def show() -> ResponseReturnValue:
    reach()
    return render_template("coordination/export.html", form=ExportForm(), problems=[])


@page.post("/export")
@needs(Permission.COORDINATE)
def download() -> ResponseReturnValue:
    """Only the provinces of whoever asks; who took it and what it was is written down for good."""
    form, mine = ExportForm(), reach()
    if not form.validate():
        return render_template("coordination/export.html", form=form, problems=form.problems()), 422
    rows = list(_rows(every_volunteer(mine)))
    data = "".join(rows_as_csv([_head(), *rows])).encode()
    digest = sha256(data).digest()
    db.session.add(
        Export(
            user_id=current_user.id,
            kind="volunteers",
            format="csv",
            personal=True,
            rows=len(rows),
            size=len(data),
            sha256=digest,
        )
    )
    db.session.commit()
    answer = Response(data, content_type="text/csv; charset=utf-8")
    name = f"volunteers-{tehran_day(now()).isoformat()}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Checksum-SHA256"] = digest.hex()
    return answer


def _head() -> list[str]:
    return [
        _("Name"),
        _("Mobile"),
        _("Province"),
        _("County"),
        _("What they can do"),
        _("Facilitator"),
        _("Licence number"),
        _("Hours a week"),
        _("When"),
        _("State"),
        _("Signed up on"),
    ]


def _rows(found: Iterator[tuple[Volunteer, list[Speciality]]]) -> Iterator[Sequence[object]]:
    english, code = language().code == "en", language().code
    for one, specialities in found:
        county = one.county
        yield (
            one.name,
            f"0{one.mobile[3:]}" if one.mobile else "",
            one.province.name_en if english else one.province.name_fa,
            "" if county is None else (county.name_en or county.name_fa) if english else county.name_fa,
            ", ".join(each.name_en if english else each.name_fa for each in specialities),
            _("yes") if one.is_facilitator else "",
            one.licence_number,
            one.hours,
            ", ".join(str(SLOT_LABELS[slot]) for slot in slots_of(one.slots)),
            str(STATE_LABELS[State(one.state)]),
            said(one.created_at, code),
        )
