"""The papers of a spending: added by who handles money, opened by who sees it; a redacted copy for everybody."""

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import BooleanField, FileField

from campaigns.base.extensions import db
from campaigns.base.forms import StaffForm
from campaigns.config import Settings
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.queries import where_is
from campaigns.domain.claims.pictures import MOST_BYTES, BadReceipt, Receipt, read
from campaigns.domain.funds import papers
from campaigns.domain.funds.models import Spending
from campaigns.domain.funds.papers import PaperRefused
from campaigns.domain.funds.queries import by_public_id
from campaigns.domain.insights.portal import cards_of
from campaigns.web.days import DayField
from campaigns.web.guards import must, needs
from campaigns.web.locale import language
from campaigns.web.strangers import answer

page = Blueprint("papers", __name__)
MOST_SENT = MOST_BYTES + 64 * 1024
_BROKEN = _l("This file cannot be opened. Choose another one.")
REFUSALS: dict[str, Any] = {
    "empty": _BROKEN,
    "broken": _BROKEN,
    "large": _l("This file is larger than five megabytes. Choose a smaller one."),
    "pixels": _l("This picture is too large. Choose a smaller one."),
    "kind": _l("Everybody is shown a picture only: JPEG, PNG or WebP."),
    "public": _l("Everybody sees a copy of it already."),
    "many": _l("Ten papers are enough for one spending."),
    "missing": _l("Choose the file"),
}


class PaperForm(StaffForm):
    file = FileField(
        _l("The paper"), description=_l("Picture or PDF, up to five megabytes. Only finance sees it.")
    )
    dated = DayField(_l("Day that stands on it"))
    is_public = BooleanField(
        _l("This is a copy for everybody: names, telephone numbers and signatures are covered"),
        description=_l("It has to be a picture, and it is shown beside the spending."),
    )


@page.get("/spendings/<public_id>/papers")
@needs(Permission.SEE_MONEY)
def show(public_id: str) -> ResponseReturnValue:
    return _page(_reached(public_id, Permission.SEE_MONEY), PaperForm())


@page.post("/spendings/<public_id>/papers")
@needs(Permission.HANDLE_MONEY)
def add(public_id: str) -> ResponseReturnValue:
    request.max_content_length = MOST_SENT
    spending, form = _reached(public_id, Permission.HANDLE_MONEY), PaperForm()
    good = form.validate()
    sent = _sent(form)
    if not good or sent is None:
        return _page(spending, form), 422
    public = bool(form.is_public.data)
    try:
        papers.add(spending, sent, form.dated.data, current_user, _settings().data_dir, is_public=public)
    except PaperRefused as why:
        db.session.rollback()
        form.file.errors = [str(REFUSALS[why.code])]
        return _page(spending, form), 422
    db.session.commit()
    flash(_("The paper is kept."), "ok")
    return redirect(url_for("finance.papers.show", public_id=public_id), 303)


@page.get("/spendings/<public_id>/papers/<paper>")
@needs(Permission.SEE_MONEY)
def file(public_id: str, paper: str) -> ResponseReturnValue:
    """A picture to look at, or a paper to keep: it is never opened by our own pages."""
    row = papers.paper(_reached(public_id, Permission.SEE_MONEY), paper)
    data = papers.data_of(row, _settings().data_dir) if row else None
    if row is None or data is None:
        abort(404)
    return answer(data, row.kind, f"paper-{row.id}{papers.ENDINGS[row.kind]}")


def _sent(form: PaperForm) -> Receipt | None:
    """What was sent; what is wrong with it stands beside its field."""
    file = request.files.get("file")
    if file is None or not file.filename:
        form.file.errors = [str(REFUSALS["missing"])]
        return None
    try:
        return read(file.stream.read(MOST_BYTES + 1))
    except BadReceipt as bad:
        form.file.errors = [
            str(
                _("This is neither a picture (JPEG, PNG, WebP) nor a PDF.")
                if bad.reason == "kind"
                else REFUSALS[bad.reason]
            )
        ]
        return None


def _reached(public_id: str, permission: Permission) -> Spending:
    spending = by_public_id(public_id)
    if spending is None:
        abort(404)
    must(permission, where_is(spending.campaign))
    return spending


def _page(spending: Spending, form: PaperForm) -> str:
    return render_template(
        "finance/papers.html",
        spending=spending,
        card=cards_of([spending.campaign_id], language().code)[spending.campaign_id],
        papers=papers.papers_of(spending.id),
        form=form,
        may_add=may(current_user.id, Permission.HANDLE_MONEY, where_is(spending.campaign)),
    )


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
