"""Reporting a problem of a campaign: what, with what evidence; the answer is a code. No account, no script."""

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base.extensions import db
from campaigns.config import Settings
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import by_slug, moved_to
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.problems import actions, evidence
from campaigns.web.guards import public
from campaigns.web.locale import language
from campaigns.web.problems import formkey
from campaigns.web.problems.forms import MOST_SENT, ReportForm
from campaigns.web.problems.limits import too_fast, wait_to_report
from campaigns.web.render import themed

page = Blueprint("report", __name__)


@page.get("/c/<slug>/problem")
@public()
def show(slug: str) -> ResponseReturnValue:
    campaign = by_slug(slug)
    if campaign is None:
        present = moved_to(slug)
        return redirect(url_for("problems.report.show", slug=present), 301) if present else abort(404)
    return _page(campaign, ReportForm(formdata=None))


@page.post("/c/<slug>/problem")
@public()
def send(slug: str) -> ResponseReturnValue:
    """The form once more leads to the case it made before. A file is looked through with no transaction open."""
    request.max_content_length = MOST_SENT
    wait = wait_to_report()
    db.session.commit()
    if wait:
        return too_fast(wait)
    form = ReportForm()
    good = form.validate()
    good = form.read_evidence() and good
    campaign = by_slug(slug) or abort(404)
    if not good:
        return _page(campaign, form), 422
    key = formkey.check(form.form_key.data or "", campaign.public_id)
    if key is None or form.website.data:
        return _page(campaign, form, _again()), 422
    problem, is_new = actions.report(campaign.id, form.told(), key)
    if is_new and form.shown is not None:
        settings: Settings = current_app.config["SETTINGS"]
        evidence.keep(problem, form.shown, settings.data_dir)
    to = url_for("problems.case.show", code=problem.code, new=1)
    db.session.commit()
    return redirect(to, 303)


def _page(campaign: Campaign, form: ReportForm, note: str = "") -> str:
    """The form always gets a new key: an old one would be refused again."""
    form.form_key.data = formkey.new(campaign.public_id)
    problems = form.problems() if request.method == "POST" else []
    return themed(
        campaign.theme,
        "problems/report.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        sample=campaign.is_sample,
        form=form,
        problems=problems or ([("go-on", note)] if note else []),
    )


def _again() -> str:
    return _(
        "This page has been open for a while, or was sent too quickly. Everything is kept: please send it once more. "
        "A file has to be chosen again."
    )
