"""Writing the report with which a campaign ends. Everybody reads it after a moderator has."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import SelectField

from campaigns.base.extensions import db
from campaigns.base.fields import TextField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.languages import LANGUAGES
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.deliveries import reports
from campaigns.domain.deliveries.errors import Refused
from campaigns.domain.deliveries.states import ReportState
from campaigns.domain.insights.final_report import report_page
from campaigns.domain.insights.portal import cards_of
from campaigns.web.desk.mine import mine
from campaigns.web.desk.words import words_about
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("report", __name__)
STATE_LABELS = {
    ReportState.WAITING: _l("waits for a moderator"),
    ReportState.SHOWN: _l("shown"),
    ReportState.RETURNED: _l("changes asked for"),
    ReportState.REJECTED: _l("rejected"),
}
_NUMBER = _l(
    "This looks like the telephone number, national code or account of a person. Leave it out: nobody who was helped "
    "is named here."
)
REFUSALS = {
    "early": _l("The campaign still goes on. The report is written when it has ended."),
    "written": _l("The report is written already."),
    "body": _NUMBER,
    "surplus": _NUMBER,
}


class ReportForm(StaffForm):
    body = TextField(
        _l("What was done"),
        [required(_l("Write what was done"))],
        longest=6000,
        description=_l(
            "The numbers stand beside it by themselves. Say what they mean. No names of those helped."
        ),
    )
    surplus = TextField(
        _l("Where the surplus went"),
        longest=500,
        description=_l("Only where something was left, or went to another campaign."),
    )
    language = SelectField(
        _l("Language"),
        choices=choices((code, item.native_name) for code, item in LANGUAGES.items()),
        default="fa",
    )


@page.get("/c/<public_id>/report")
@needs(Permission.POST_UPDATE)
def show(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.POST_UPDATE)
    return _page(campaign, ReportForm(obj=reports.present(campaign.id)))


@page.post("/c/<public_id>/report")
@needs(Permission.POST_UPDATE)
def write(public_id: str) -> ResponseReturnValue:
    campaign, form = mine(public_id, Permission.POST_UPDATE, lock=True), ReportForm()
    if not form.validate():
        return _page(campaign, form), 422
    said = form.body.data, form.surplus.data, form.language.data
    try:
        reports.write(campaign, current_user, *said, marks=form.hidden_marks())
    except Refused as why:
        db.session.rollback()
        field = form.surplus if why.code == "surplus" else form.body
        field.errors = [str(REFUSALS[why.code])]
        return _page(campaign, form), 422
    db.session.commit()
    flash(_("Sent. It is shown once a moderator has agreed."), "ok")
    return redirect(url_for("desk.report.show", public_id=public_id), 303)


def _page(campaign: Campaign, form: ReportForm) -> str:
    report, days = reports.present(campaign.id), current_app.config["SETTINGS"].report_days
    card = cards_of([campaign.id], language().code)[campaign.id]
    return render_template(
        "desk/report.html",
        campaign=campaign,
        card=card,
        form=form,
        report=report,
        view=report_page(campaign, card.received_rials, language().code),
        may_write=reports.is_over(campaign) and (report is None or report.state == ReportState.RETURNED),
        states=STATE_LABELS,
        words=words_about("report", [report]).get(report.id) if report else None,
        due=reports.overdue([campaign.id], days).get(campaign.id),
    )
