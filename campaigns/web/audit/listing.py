"""The page of the log as it was asked for, with the form that takes the same along as a file."""

from flask import abort, render_template, request
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import RadioField
from wtforms.validators import AnyOf

from campaigns.base.fields import choices
from campaigns.base.forms import StaffForm
from campaigns.domain.insights.audit_trail import page as lines
from campaigns.domain.insights.audit_trail import people_in
from campaigns.web.audit.reading import Asked, reach
from campaigns.web.audit.words import ACTS, BY, KINDS, line
from campaigns.web.days import example_day

SHOWN = 50
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ExportForm(StaffForm):
    format = RadioField(
        _l("As"),
        [AnyOf(tuple(TYPES), message=_l("Choose the kind of file"))],
        choices=choices([("csv", _l("CSV, for programs")), ("xlsx", _l("Spreadsheet (XLSX), for people"))]),
        default="xlsx",
        validate_choice=False,
    )


def listing(want: Asked, form: ExportForm) -> str:
    rows = lines(reach(), current_user.id, want.wanted, SHOWN + 1, before_id())
    people = people_in(rows)
    return render_template(
        "audit/home.html",
        lines=[line(row, people) for row in rows[:SHOWN]],
        older=rows[SHOWN - 1].id if len(rows) > SHOWN else None,
        typed=want.typed,
        problem=want.problem,
        acts=ACTS,
        by=BY,
        kinds=sorted(KINDS.items(), key=lambda kind: str(kind[1])),
        form=form,
        example=example_day(),
    )


def before_id() -> int | None:
    """The number of the oldest line already read."""
    before = request.args.get("before", "")
    if before and not (before.isascii() and before.isdigit() and len(before) < 18):
        abort(404)
    return int(before) if before else None
