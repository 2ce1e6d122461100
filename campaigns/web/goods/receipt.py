"""One in-kind receipt: on paper once more, or void when it was a mistake."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.goods.intake import void as make_void
from campaigns.domain.goods.stock_errors import Refused
from campaigns.domain.goods.stock_models import Intake
from campaigns.web.goods.forms import ReasonForm
from campaigns.web.goods.reach import receipt_at, warehouse_at
from campaigns.web.goods.slip import Slip
from campaigns.web.goods.words import REFUSALS
from campaigns.web.guards import needs

page = Blueprint("receipt", __name__, url_prefix="/goods/<warehouse>/receipts/<intake>")


@page.get("")
@needs(Permission.KEEP_GOODS)
def show(warehouse: str, intake: str) -> ResponseReturnValue:
    return _page(receipt_at(warehouse_at(warehouse), intake), ReasonForm(formdata=None))


@page.post("/void")
@needs(Permission.KEEP_GOODS)
def void(warehouse: str, intake: str) -> ResponseReturnValue:
    receipt, form = receipt_at(warehouse_at(warehouse), intake), ReasonForm()
    if not form.validate() or not _voided(receipt, form):
        return _page(receipt, form), 422
    flash(_("The receipt is void. Its number stays; its goods are off the shelf and out of the book."), "ok")
    return redirect(url_for("goods.receipt.show", warehouse=warehouse, intake=intake), 303)


def _voided(receipt: Intake, form: ReasonForm) -> bool:
    """Makes it void and commits. False: why not is said beside the field."""
    try:
        make_void(receipt, current_user, form.reason.data)
    except Refused as why:
        db.session.rollback()
        form.reason.errors = [str(REFUSALS[why.code])]
        return False
    db.session.commit()
    return True


def _page(receipt: Intake, form: ReasonForm) -> str:
    return render_template("goods/receipt.html", receipt=receipt, slip=Slip.of(receipt), form=form)
