"""One receipt: on paper once more, or void when it was a mistake."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.counter import gifts
from campaigns.domain.counter.errors import Refused
from campaigns.domain.counter.models import Receipt
from campaigns.domain.counter.offices import present_day
from campaigns.domain.counter.reasons import VOID_LABELS, VoidReason
from campaigns.web.counter.forms import VoidForm
from campaigns.web.counter.reach import office_at, receipt_at
from campaigns.web.counter.slip import Slip
from campaigns.web.counterwords import REFUSALS
from campaigns.web.guards import needs

page = Blueprint("receipt", __name__)


@page.get("/<office>/receipts/<receipt>")
@needs(Permission.TAKE_GIFTS)
def show(office: str, receipt: str) -> ResponseReturnValue:
    return _page(receipt_at(office_at(office), receipt), VoidForm(formdata=None))


@page.post("/<office>/receipts/<receipt>/void")
@needs(Permission.TAKE_GIFTS)
def void(office: str, receipt: str) -> ResponseReturnValue:
    found, form = receipt_at(office_at(office), receipt), VoidForm()
    if not form.validate():
        return _page(found, form), 422
    try:
        gifts.void(found, current_user, VoidReason(form.reason.data), form.note.data)
    except Refused as why:
        db.session.rollback()
        form.reason.errors = [str(REFUSALS[why.code])]
        return _page(found, form), 422
    db.session.commit()
    flash(_("The receipt is void. Its number stays, and the gift is out of the book."), "ok")
    return redirect(url_for("counter.receipt.show", office=office, receipt=receipt), 303)


def _page(receipt: Receipt, form: VoidForm) -> str:
    open_day = receipt.sheet_id is None and receipt.day == present_day(receipt.office)
    standing = receipt.voided_at is None
    mine = receipt.made_by_id == current_user.id
    return render_template(
        "counter/receipt.html",
        receipt=receipt,
        slip=Slip.of(receipt),
        form=form,
        reasons=VOID_LABELS,
        may_void=standing and open_day and not mine,
        by_another=standing and open_day and mine,
    )
