"""Needs from a file: a template to fill in, a look at what would happen, then all of it or nothing."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge
from wtforms import FileField, HiddenField

from campaigns.base.csvsafe import rows_as_csv
from campaigns.base.digits import grouped
from campaigns.base.extensions import db
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import EDITABLE, State, WrongMove
from campaigns.domain.goods import need_columns
from campaigns.domain.goods.need_data import TooFew
from campaigns.domain.goods.need_imports import MOST_ROWS, Plan, carry_out, plan
from campaigns.domain.insights.readable_needs import counties_of, summary
from campaigns.domain.statements.errors import Unreadable
from campaigns.domain.statements.files import read
from campaigns.web.desk.mine import mine
from campaigns.web.desk.needforms import counties_for
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("needfile", __name__)
LARGEST_BYTES = 200_000
MOST_SENT = LARGEST_BYTES * 3 // 2 + 64 * 1024  # what is sent on as text, and the rest of the form


class FileForm(StaffForm):
    file = FileField(
        _l("File"),
        description=_l("CSV or XLSX. The next page shows what it would do; nothing is kept before."),
    )
    kept = HiddenField()


@page.get("/c/<public_id>/needs/file")
@needs(Permission.EDIT_CAMPAIGN)
def show(public_id: str) -> ResponseReturnValue:
    return _page(mine(public_id, Permission.EDIT_CAMPAIGN), FileForm(formdata=None))


@page.get("/c/<public_id>/needs/file/template.csv")
@needs(Permission.EDIT_CAMPAIGN)
def template(public_id: str) -> ResponseReturnValue:
    """The names of the columns, and a row to fill in for each county."""
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN)
    code = language().code
    rows = [need_columns.heads(code)]
    for county in counties_for(campaign):
        english = code == "en"
        province = county.province.name_en if english else county.province.name_fa
        rows.append([province, (english and county.name_en) or county.name_fa, *[""] * (len(rows[0]) - 2)])
    answer = Response(rows_as_csv(rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="needs.csv"'
    return answer


@page.post("/c/<public_id>/needs/file")
@needs(Permission.EDIT_CAMPAIGN)
def bring(public_id: str) -> ResponseReturnValue:
    """With a file: what it would do. With what such a page sent on: does it."""
    request.max_content_length = request.max_form_memory_size = MOST_SENT
    try:
        form = FileForm()
    except RequestEntityTooLarge:
        form = FileForm(formdata=None)
        form.file.errors = [_unreadable("large")]
        return _page(mine(public_id, Permission.EDIT_CAMPAIGN), form), 422
    campaign = mine(public_id, Permission.EDIT_CAMPAIGN, lock=True)
    if not form.validate():
        return _page(campaign, form), 422
    try:
        whole = _kept(form.kept.data or "") or _sent()
        made = plan(campaign, read(whole), whole, language().code)
    except Unreadable as why:
        form.file.errors = [_unreadable(why.why)]
        return _page(campaign, form), 422
    if made.errors or not form.kept.data:
        form.kept.data = b64encode(whole).decode()
        return _page(campaign, form, made), 422 if made.errors else 200
    return _carried_out(campaign, made)


def _carried_out(campaign: Campaign, made: Plan) -> ResponseReturnValue:
    try:
        edit = carry_out(campaign, made, current_user)
    except (WrongMove, TooFew):
        db.session.rollback()
        flash(_("Its state has changed meanwhile; here is how it stands now."), "warn")
        return redirect(url_for("desk.needs.show", public_id=campaign.public_id), 303)
    public_id = campaign.public_id
    db.session.commit()
    flash(_("Saved. It is shown once a moderator has agreed.") if edit else _("Saved."), "ok")
    return redirect(url_for("desk.needs.show", public_id=public_id), 303)


def _sent() -> bytes:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Unreadable("missing")
    whole = sent.stream.read(LARGEST_BYTES + 1)
    if len(whole) > LARGEST_BYTES:
        raise Unreadable("large")
    return whole


def _kept(text: str) -> bytes:
    """What the page before sent on."""
    try:
        whole = b64decode(text, validate=True)
    except (NotBase64, ValueError):
        abort(404)
    if len(whole) > LARGEST_BYTES:
        abort(404)
    return whole


def _unreadable(why: str) -> str:
    sentences = {
        "missing": _("Choose a file."),
        "empty": _("There is nothing in this file."),
        "large": _(
            "This file is too large: at most %(n)s kilobytes.",
            n=grouped(LARGEST_BYTES // 1000, language().code),
        ),
        "rows": _(
            "More rows than %(n)s; bring the rest in another file.", n=grouped(MOST_ROWS, language().code)
        ),
    }
    return sentences.get(why, _("This is not a table we can read. Save it as XLSX, or as CSV in UTF-8."))


def _page(campaign: Campaign, form: FileForm, made: Plan | None = None) -> str:
    code = language().code
    planned = made.rows if made and not made.errors else []
    names = counties_of([one.data for one in planned], code)
    return render_template(
        "desk/need_file.html",
        campaign=campaign,
        form=form,
        plan=made,
        rows=[(one, summary(one.data, names, code)) for one in planned if one.changes],
        heads=[need_columns.head(name, code) for name in need_columns.NAMES],
        must=[need_columns.head(name, code) for name in need_columns.NEEDED],
        is_draft=campaign.state in EDITABLE,
        is_read=campaign.state == State.SUBMITTED,
    )
