"""Gateways' reports laid beside our payments and the book: the days, one of them, and a report brought as a file."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import SelectField

from campaigns.base.digits import grouped
from campaigns.base.fields import choices, required
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.payments.contract import Gateway
from campaigns.domain.reports.compare import compare
from campaigns.domain.reports.files import LARGEST, Unreadable, read_report
from campaigns.domain.reports.models import GatewayReport
from campaigns.domain.reports.queries import by_public_id, counts, lines, newest
from campaigns.web.days import DayField
from campaigns.web.finance.holders import Holder, holders, must_reach
from campaigns.web.finance.report_words import BUCKETS, OUTCOMES, SOURCES, STATES, UNREADABLE
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.ways import every_gateway

page = Blueprint("reports", __name__)
ROOM = 64 * 1024
"""Bytes of a form besides its file."""


class FileForm(StaffForm):
    terminal = SelectField(_l("Whose report it is"), [required(_l("Choose the gateway"))])
    day = DayField(_l("Which day"), [required(_l("Write the day of the report"))])

    def __init__(self, found: dict[str, Holder], **kwargs: object) -> None:
        super().__init__(**kwargs)
        named = [(one.terminal, one.name) for one in found.values()]
        self.terminal.choices = choices([("", _("Choose…")), *named])


@page.get("/reports")
@needs(Permission.SEE_MONEY)
def index() -> ResponseReturnValue:
    seen = holders()
    return render_template(
        "finance/reports.html",
        rows=newest(seen),
        holders=seen,
        sources=SOURCES,
        may_bring=bool(holders(Permission.HANDLE_MONEY)),
    )


@page.get("/reports/new")
@needs(Permission.HANDLE_MONEY)
def blank() -> ResponseReturnValue:
    return _form_page(FileForm(holders(Permission.HANDLE_MONEY)))


@page.post("/reports/new")
@needs(Permission.HANDLE_MONEY)
def bring() -> ResponseReturnValue:
    """Reads a file, and looks at its day at once. Nothing of a file is used when a line of it cannot be read."""
    request.max_content_length = LARGEST + ROOM
    form = FileForm(holders(Permission.HANDLE_MONEY))
    valid, file = form.validate(), request.files.get("file")
    data = file.read() if file else b""
    if not valid or not data:
        return _form_page(form, "" if data else _("Choose the file.")), 422
    holder = must_reach(form.terminal.data, Permission.HANDLE_MONEY)
    try:
        rows = read_report(data)
    except Unreadable as why:
        return _form_page(form, _sentence(why)), 422
    gateway, by = _gateway(holder), current_user.id
    report = compare(holder.terminal, gateway, form.day.data, rows, "file", by)
    flash(_("Read and compared."), "ok")
    return redirect(url_for("finance.reports.show", public_id=report.public_id), 303)


@page.get("/reports/<public_id>")
@needs(Permission.SEE_MONEY)
def show(public_id: str) -> ResponseReturnValue:
    report = _found(public_id)
    return render_template(
        "finance/report.html",
        report=report,
        holder=must_reach(report.terminal),
        buckets=BUCKETS,
        counts=(found := counts(report)),
        lines={bucket: lines(report, bucket) for bucket, number in found.items() if number},
        outcomes=OUTCOMES,
        states=STATES,
        sources=SOURCES,
    )


def _found(public_id: str) -> GatewayReport:
    report = by_public_id(public_id)
    return report if report is not None else abort(404)


def _gateway(holder: Holder) -> Gateway:
    """404 for a terminal that no adapter of ours can speak to any more."""
    gateway = every_gateway().get(holder.terminal)
    return gateway if gateway is not None else abort(404)


def _sentence(why: Unreadable) -> str:
    sentence = str(UNREADABLE[why.what])
    if not why.lines:
        return sentence
    numbers = str(_(", ")).join(grouped(number, language().code) for number in why.lines[:10])
    return _("%(sentence)s Lines: %(numbers)s", sentence=sentence, numbers=numbers)


def _form_page(form: FileForm, wrong: str = "") -> str:
    problems = [*form.problems(), *([("file", wrong)] if wrong else [])]
    return render_template("finance/new_report.html", form=form, wrong=wrong, problems=problems)
